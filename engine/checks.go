package engine

import (
	"iter"
	"slices"

	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/flow"
)

// check runs the checks on what a batch brought: flows first, then, when a minute is
// over and at the end, hosts and interfaces.
func (c *collector) check(b *batch) {
	if c.checks.Wants(check.FlowDetected) {
		c.checks.Flows(check.FlowDetected, copies(b, func(o *flow.Output) []flow.Record { return o.Detected }), b.clock)
	}
	if c.checks.Wants(check.FlowPeriodic) {
		c.checks.Flows(check.FlowPeriodic, copies(b, func(o *flow.Output) []flow.Record { return o.Periodic }), b.clock)
	}
	over := over(b)
	if c.checks.Wants(check.FlowEnd) {
		c.checks.Flows(check.FlowEnd, over, b.clock)
	}
	c.checks.FlowsEnded(over)
	if now := b.clock / minute; now != c.minute || b.last {
		if c.minute != 0 || b.last {
			c.checks.Hosts(c.hosts.All(), b.clock)
			c.checks.Interfaces(b.ifaces, b.clock)
		}
		c.minute = now
	}
}

// copies yields the copies that the shards made, in the order of flow.Compare.
func copies(b *batch, of func(*flow.Output) []flow.Record) iter.Seq[*flow.Record] {
	return func(yield func(*flow.Record) bool) {
		runs := make([][]flow.Record, 0, len(b.out))
		for i := range b.out {
			if run := of(&b.out[i]); len(run) > 0 {
				runs = append(runs, run)
			}
		}
		for len(runs) > 0 {
			best := 0
			for i := 1; i < len(runs); i++ {
				if flow.Compare(&runs[i][0], &runs[best][0]) < 0 {
					best = i
				}
			}
			if !yield(&runs[best][0]) {
				return
			}
			if runs[best] = runs[best][1:]; len(runs[best]) == 0 {
				runs = slices.Delete(runs, best, best+1)
			}
		}
	}
}

// over yields those of them that do not go on in another record.
func over(b *batch) iter.Seq[*flow.Record] {
	return func(yield func(*flow.Record) bool) {
		for r := range ended(b) {
			if r.Over() && !yield(r) {
				return
			}
		}
	}
}

// ended yields the flows that ended with a batch, likewise.
func ended(b *batch) iter.Seq[*flow.Record] {
	return func(yield func(*flow.Record) bool) {
		var runs [][]*flow.Record
		for i := range b.out {
			if len(b.out[i].Ended) > 0 {
				runs = append(runs, b.out[i].Ended)
			}
		}
		for len(runs) > 0 {
			if !yield(first(&runs)) {
				return
			}
		}
	}
}
