package engine

import (
	"iter"
	"slices"

	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/flow"
)

// check runs the checks on what a batch brought: flows first, then, when a minute is
// over and at the end, hosts, networks and interfaces.
func (c *collector) check(b *batch) {
	if c.checks.Wants(check.FlowDetected) {
		c.flows = merge(c.flows[:0], b, func(o *flow.Output) []*flow.Record { return o.Detected })
		c.checks.Flows(check.FlowDetected, paused(c, slices.Values(c.flows)), b.clock)
		c.checks.Flows(check.FlowDetected, slices.Values(b.renamed), b.clock)
	}
	if c.checks.Wants(check.FlowPeriodic) {
		c.flows = merge(c.flows[:0], b, func(o *flow.Output) []*flow.Record { return o.Periodic })
		c.checks.Flows(check.FlowPeriodic, paused(c, slices.Values(c.flows)), b.clock)
	}
	if c.checks.Wants(check.FlowEnd) {
		c.checks.Flows(check.FlowEnd, paused(c, over(b.ended)), b.clock)
	}
	c.checks.FlowsEnded(over(b.ended))
	if now := b.clock / minute; now != c.minute || b.last {
		if c.minute != 0 || b.last {
			c.checks.Hosts(paused(c, c.hosts.All()), b.clock)
			c.checks.Networks(c.hosts.Networks(), b.clock)
			c.hosts.Score(b.ifaces)
			c.checks.Interfaces(b.ifaces, b.clock)
		}
		c.minute = now
	}
}

// over yields the flows that do not go on in another record.
func over(ended []*flow.Record) iter.Seq[*flow.Record] {
	return func(yield func(*flow.Record) bool) {
		for _, r := range ended {
			if r.Over() && !yield(r) {
				return
			}
		}
	}
}
