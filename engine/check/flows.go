package check

import (
	"iter"
	"sync"
	"sync/atomic"
	"time"

	"github.com/flowloom/flowloom/engine/alert"
	"github.com/flowloom/flowloom/engine/flow"
)

// chunk is how many flows the checks are through with before what they found is entered.
const chunk = 512

// worthSharing is the number of flows from which on it pays to wake another goroutine.
const worthSharing = 256

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
	for _, w := range workers {
		w.call = Call{Hook: h, Now: now, worker: w}
	}
	if n := min(r.goroutines, len(workers)); n > 1 && len(flows) >= worthSharing {
		var next atomic.Int64
		work := func() {
			for i := next.Add(1) - 1; int(i) < len(workers); i = next.Add(1) - 1 {
				workers[i].lookAt(flows)
			}
		}
		var others sync.WaitGroup
		for range n - 1 {
			others.Go(work)
		}
		work()
		others.Wait()
	} else {
		for _, w := range workers {
			w.lookAt(flows)
		}
	}
	for _, w := range workers {
		w.enter()
	}
	for _, w := range workers {
		w.settle(h)
	}
}

// lookAt runs the check on flows. It touches nothing that other checks use.
func (w *worker) lookAt(flows []*flow.Record) {
	begin := time.Now()
	w.apart = true
	if in, ok := w.instance.(BlockInstance); ok && !w.cost.Disabled {
		w.flowBlock(in, flows)
	} else {
		for n := 0; n < len(flows) && !w.cost.Disabled; {
			n += w.flowsUntilPanic(flows[n:])
		}
	}
	w.apart = false
	w.spent(begin)
}

// flowsUntilPanic makes calls about flows, and returns how many it is through with: a
// panic of the check is its failure, and ends the round behind the flow at hand.
func (w *worker) flowsUntilPanic(flows []*flow.Record) (n int) {
	defer w.caught()
	c := &w.call
	for _, f := range flows {
		n++
		if w.excludesFlow(f) || len(w.flows) > 0 && c.Now < w.flows[f.ID()] {
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
