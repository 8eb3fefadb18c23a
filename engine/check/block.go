package check

import (
	"github.com/flowloom/flowloom/engine/flow"
	"github.com/flowloom/flowloom/engine/host"
)

// BlockInstance is an Instance that looks at many subjects in one call, as those do whose
// code lives outside the engine and is far to reach.
type BlockInstance interface {
	Instance
	// RunBlock looks at all subjects of a block. An error is one failure of the check,
	// as a panic is; what it says of single subjects it says with Block.Fail.
	RunBlock(b *Block) error
}

// maxRows bounds the flows of a block.
const maxRows = 512

// Block is a run of a check on some subjects of one kind, at most 512. It is valid during
// RunBlock only, which may hand it to another goroutine and wait.
type Block struct {
	Hook Hook
	// Now is the time of the run, nanoseconds since the Unix epoch.
	Now int64
	// Rows are the subjects, in their order.
	Rows []Row

	worker *worker
	failed map[int]error
}

// Alert raises a finding about a subject, as Call.Alert does.
func (b *Block) Alert(row int, score uint8, message string) {
	b.worker.alert(b.call(row), score, message)
}

// Skip keeps the check from a subject, as Call.Skip does.
func (b *Block) Skip(row int, until int64) { b.worker.skip(b.call(row), until) }

// Fail says that the check failed on a subject: it counts as if the check had run on that
// one alone.
func (b *Block) Fail(row int, err error) {
	if b.failed == nil {
		b.failed = make(map[int]error)
	}
	b.failed[row] = err
}

// Log notes a line of the check's own output.
func (b *Block) Log(text string) { b.worker.log(text) }

// call makes the call about one subject that effects are written for.
func (b *Block) call(row int) *Call {
	c := &b.worker.call
	c.Flow, c.Host, c.Interface, c.Network = nil, nil, nil, nil
	switch r := b.Rows[row].(type) {
	case *flow.Record:
		c.Flow = r
	case *host.Host:
		c.Host = r
	case *host.InterfaceStats:
		c.Interface = r
	case *host.NetworkStats:
		c.Network = r
	}
	return c
}

// flowBlock gives the check the flows that it does not skip, and returns how many that is
// with those.
func (w *worker) flowBlock(in BlockInstance, flows []*flow.Record) int {
	rows := w.rows[:0]
	for _, f := range flows {
		if !w.excludesFlow(f) && (len(w.flows) == 0 || w.call.Now >= w.flows[f.ID()]) {
			rows = append(rows, f)
		}
	}
	w.runBlock(in, rows)
	return len(flows)
}

// hostBlock gives the check the hosts that it does not skip.
func (w *worker) hostBlock(in BlockInstance, hosts []*host.Host) {
	rows := w.rows[:0]
	for _, h := range hosts {
		if !w.excludesHost(h) && (len(w.hosts) == 0 || w.call.Now >= w.hosts[h.Key()]) {
			rows = append(rows, h)
		}
	}
	w.runBlock(in, rows)
}

// interfaceBlock gives the check the interfaces.
func (w *worker) interfaceBlock(in BlockInstance, ifaces []host.InterfaceStats) {
	rows := w.rows[:0]
	for i := range ifaces {
		if w.call.Interface = &ifaces[i]; !w.skipsOther(&w.call) {
			rows = append(rows, &ifaces[i])
		}
	}
	w.runBlock(in, rows)
}

// runBlock makes the call, and counts what came of each subject.
func (w *worker) runBlock(in BlockInstance, rows []Row) {
	w.rows = rows
	if len(rows) == 0 {
		return
	}
	defer w.caught()
	b := &Block{Hook: w.call.Hook, Now: w.call.Now, Rows: rows, worker: w}
	w.cost.Calls += uint64(len(rows))
	if err := in.RunBlock(b); err != nil {
		w.failed(err)
		return
	}
	for i := range rows {
		err := b.failed[i]
		if err == nil {
			w.inARow = 0
			continue
		}
		if w.failed(err); w.cost.Disabled {
			return
		}
	}
}
