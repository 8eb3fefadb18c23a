package check

import (
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/flowloom/flowloom/engine/alert"
	"github.com/flowloom/flowloom/engine/flow"
	"github.com/flowloom/flowloom/engine/host"
)

// block is how many subjects one check looks at before the next one does: few enough to
// stay in the processor's cache, many enough that reading the clock does not count.
const block = 128

// blocks yields what seq yields, in blocks that are valid until the next one.
func blocks[T any](seq iter.Seq[T]) iter.Seq[[]T] {
	return func(yield func([]T) bool) {
		var room [block]T
		some := room[:0]
		for x := range seq {
			if some = append(some, x); len(some) < block {
				continue
			}
			if !yield(some) {
				return
			}
			some = some[:0]
		}
		if len(some) > 0 {
			yield(some)
		}
	}
}

// spent adds the time since begin to the check's cost, and returns the time now.
func (w *worker) spent(begin time.Time) time.Time {
	end := time.Now()
	w.cost.Total += end.Sub(begin)
	return end
}

// remembers reports whether there is anything about single flows to forget: mostly there is
// not, and who asks each flow for its number waits for its memory.
func (r *Runner) remembers() bool {
	return r.book.Marked() > 0 || slices.ContainsFunc(r.workers, func(w *worker) bool { return len(w.flows) > 0 })
}

// FlowsEnded forgets the alerts and marks of flows that are over.
func (r *Runner) FlowsEnded(flows iter.Seq[*flow.Record]) {
	if !r.remembers() {
		return
	}
	for f := range flows {
		id := f.ID()
		r.book.FlowEnded(id)
		for _, w := range r.workers {
			if len(w.flows) > 0 {
				delete(w.flows, id)
			}
		}
	}
}

// Hosts runs the host hook on hosts, and releases the alerts that were not raised
// again.
func (r *Runner) Hosts(hosts iter.Seq[*host.Host], now int64) {
	if !r.Wants(HostMinute) {
		return
	}
	r.succeed(now)
	for some := range blocks(hosts) {
		begin := time.Now()
		for _, w := range r.byHook[HostMinute] {
			w.call = Call{Hook: HostMinute, Now: now, worker: w}
			if in, ok := w.instance.(BlockInstance); ok && !w.cost.Disabled {
				w.hostBlock(in, some)
			} else {
				for n := 0; n < len(some) && !w.cost.Disabled; {
					n += w.hostsUntilPanic(some[n:])
				}
			}
			begin = w.spent(begin)
		}
		for _, h := range some {
			h.Visit()
		}
	}
	r.book.Release(alert.Host, now, now)
}

// hostsUntilPanic makes calls about hosts, as flowsUntilPanic does about flows.
func (w *worker) hostsUntilPanic(hosts []*host.Host) (n int) {
	defer w.caught()
	c := &w.call
	for _, h := range hosts {
		n++
		if w.excludesHost(h) || len(w.hosts) > 0 && c.Now < w.hosts[h.Key()] {
			continue
		}
		if c.Host, c.First = h, !h.Visited(); !w.run(c) {
			return n
		}
	}
	return n
}

// Interfaces runs the interface hook.
func (r *Runner) Interfaces(ifaces []host.InterfaceStats, now int64) {
	if !r.Wants(InterfaceMinute) {
		return
	}
	r.succeed(now)
	begin := time.Now()
	for _, w := range r.byHook[InterfaceMinute] {
		w.call = Call{Hook: InterfaceMinute, Now: now, worker: w}
		if in, ok := w.instance.(BlockInstance); ok && !w.cost.Disabled {
			for some := range slices.Chunk(ifaces, block) {
				if !w.cost.Disabled {
					w.interfaceBlock(in, some)
				}
			}
		} else {
			for n := 0; n < len(ifaces) && !w.cost.Disabled; n++ {
				if w.call.Interface = &ifaces[n]; !w.skipsOther(&w.call) {
					w.guarded(&w.call)
				}
			}
		}
		begin = w.spent(begin)
	}
	r.book.Release(alert.Interface, now, now)
}

// Networks runs the network hook.
func (r *Runner) Networks(networks iter.Seq[*host.NetworkStats], now int64) {
	if !r.Wants(NetworkMinute) {
		return
	}
	r.succeed(now)
	for n := range networks {
		begin := time.Now()
		for _, w := range r.byHook[NetworkMinute] {
			if w.cost.Disabled || w.excludesNetwork(n) {
				continue
			}
			w.call = Call{Hook: NetworkMinute, Network: n, Now: now, worker: w}
			if w.skipsOther(&w.call) {
				continue
			}
			if in, ok := w.instance.(BlockInstance); ok {
				w.runBlock(in, append(w.rows[:0], n))
			} else {
				w.guarded(&w.call)
			}
			begin = w.spent(begin)
		}
		n.Turn(now)
	}
	r.book.Release(alert.Network, now, now)
}

// guarded makes one call that may panic.
func (w *worker) guarded(c *Call) {
	defer w.caught()
	w.run(c)
}

// run makes one call, and reports whether the check may go on.
func (w *worker) run(c *Call) bool {
	w.cost.Calls++
	if err := w.instance.Run(c); err != nil {
		w.failed(err)
		return !w.cost.Disabled
	}
	w.inARow = 0
	return true
}

// caught turns a panic of a check into its failure.
func (w *worker) caught() {
	if p := recover(); p != nil {
		w.failed(fmt.Errorf("cannot go on: %v", p))
	}
}

// failed counts a failure, and switches the check off after too many in a row.
func (w *worker) failed(err error) {
	w.cost.Errors++
	w.cost.LastError = err.Error()
	if w.output != nil {
		w.output.Warn("check failed", "text", err.Error())
	}
	if w.inARow++; w.inARow < MaxFailures {
		return
	}
	w.cost.Disabled = true
	if w.gaveUp = w.apart; !w.apart {
		w.switchedOff()
	}
}

// switchedOff says that the check does not run any more.
func (w *worker) switchedOff() {
	now := w.call.Now
	w.runner.book.ReleaseAll(w.info.Name, now)
	w.runner.book.Raise(&alert.Finding{
		Check: w.info.Name, Entity: alert.System, Subject: "check " + w.info.Name, Score: 100, Time: now,
		Message: fmt.Sprintf("switched off after it failed %d times in a row: %s", MaxFailures, w.cost.LastError),
	})
}
