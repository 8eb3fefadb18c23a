package check

import (
	"iter"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/flowloom/flowloom/engine/alert"
	"github.com/flowloom/flowloom/engine/flow"
)

// chunk is how many flows the checks are through with before what they found is entered: so
// many that it pays to wake another goroutine for them, and few enough for who waits to look
// at the hosts meanwhile.
const chunk = 2048

// few is how many flows are looked at by all checks in turn.
const few = 64

// worthSharing is how much time checks are expected to need from which on it pays to wake
// another goroutine.
const worthSharing = 500 * time.Microsecond

// Share lets as many goroutines run checks of flows at a time. Each check still sees the
// flows in their order, and what they find is entered in the order of checks, so that
// results do not depend on the number.
func (r *Runner) Share(goroutines int) { r.goroutines = goroutines }

// raised is a finding that waits to be entered.
type raised struct {
	finding alert.Finding
	flow    *flow.Record
}

// Flows runs a flow hook on flows, in their order.
func (r *Runner) Flows(h Hook, flows iter.Seq[*flow.Record], now int64) {
	r.succeed(now)
	r.chunk = r.chunk[:0]
	for f := range flows {
		if r.chunk = append(r.chunk, f); len(r.chunk) == chunk {
			r.flows(h, r.chunk, now)
			r.chunk = r.chunk[:0]
		}
	}
	if len(r.chunk) > 0 {
		r.flows(h, r.chunk, now)
	}
	clear(r.chunk[:cap(r.chunk)]) // records are used again
}

// flows runs all checks of a hook on some flows, then enters what they found.
func (r *Runner) flows(h Hook, flows []*flow.Record, now int64) {
	workers := r.byHook[h]
	var expected time.Duration
	for _, w := range workers {
		w.call = Call{Hook: h, Now: now, worker: w}
		expected += w.cost.Mean() * time.Duration(len(flows))
	}
	if n := min(r.goroutines, len(workers)); n > 1 && expected > worthSharing {
		shared(workers, flows, n)
	} else {
		inTurn(workers, flows)
	}
	for _, w := range workers {
		w.enter()
	}
	for _, w := range workers {
		w.settle(h)
	}
}

// shared has goroutines take one check after the other.
func shared(workers []*worker, flows []*flow.Record, goroutines int) {
	var next atomic.Int64
	work := func() {
		for i := next.Add(1) - 1; int(i) < len(workers); i = next.Add(1) - 1 {
			workers[i].lookAt(flows)
		}
	}
	var others sync.WaitGroup
	for range goroutines - 1 {
		others.Go(work)
	}
	work()
	others.Wait()
}

// inTurn runs all checks on a few flows before it goes on with the next few, of which the
// processor's cache then holds what the checks before have read.
func inTurn(workers []*worker, flows []*flow.Record) {
	for some := range slices.Chunk(flows, few) {
		for _, w := range workers {
			if !w.wantsBlocks() {
				w.lookAt(some)
			}
		}
	}
	for _, w := range workers {
		if w.wantsBlocks() {
			w.lookAt(flows)
		}
	}
}

// lookAt runs the check on flows. It touches nothing that other checks use.
func (w *worker) lookAt(flows []*flow.Record) {
	begin := time.Now()
	w.apart = true
	in, blocks := w.instance.(BlockInstance)
	for n := 0; n < len(flows) && !w.cost.Disabled; {
		if blocks {
			n += w.flowBlock(in, flows[n:min(n+maxRows, len(flows))])
		} else {
			n += w.flowsUntilPanic(flows[n:])
		}
	}
	w.apart = false
	w.spent(begin)
}

func (w *worker) wantsBlocks() bool {
	_, ok := w.instance.(BlockInstance)
	return ok
}

// flowsUntilPanic makes calls about flows, and returns how many it is through with: a
// panic of the check is its failure, and ends the round behind the flow at hand.
func (w *worker) flowsUntilPanic(flows []*flow.Record) (n int) {
	defer w.caught()
	c, excludes := &w.call, !w.settings.Exclude.empty()
	for _, f := range flows {
		n++
		if excludes && w.excludesFlow(f) || len(w.flows) > 0 && c.Now < w.flows[f.ID()] {
			continue
		}
		if c.Flow = f; !w.run(c) {
			return n
		}
	}
	return n
}

// enter puts what the check found apart from others into the book.
func (w *worker) enter() {
	r := w.runner
	for i := range w.found {
		x := &w.found[i]
		if a := r.book.Raise(&x.finding); a != nil && a.Count == 1 && r.hosts != nil && r.book.Marks(x.finding.Flow) == 1 {
			r.hosts.Alerted(x.flow)
		}
	}
	if w.gaveUp {
		w.gaveUp = false
		w.switchedOff()
	}
}

// settle forgets what was entered; of flows that are over, the book too.
func (w *worker) settle(h Hook) {
	if h == FlowEnd {
		for i := range w.found {
			w.runner.book.FlowEnded(w.found[i].finding.Flow)
		}
	}
	clear(w.found)
	w.found = w.found[:0]
}
