package engine

import (
	"slices"

	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/dpi"
	"github.com/flowloom/flowloom/engine/flow"
	"github.com/flowloom/flowloom/engine/host"
)

// Sink receives what the engine finds, one call at a time.
type Sink interface {
	// Flow brings a flow that ended. The record is valid during the call. An
	// error stops the engine and is returned by Run.
	Flow(r *flow.Record) error
}

// collector applies what the shards found.
type collector struct {
	hosts     *host.Table
	protocols *host.Protocols
	cache     *dpi.Cache // nil without detection
	sink      Sink
	checks    *check.Runner // nil without checks
	minute    int64         // the clock's, when checks last ran
	flows     uint64
}

// recall gives flows that ended without telling what they are the names that other
// flows told. All of the batch is learned first, so that it does not matter which
// shard had what.
func (c *collector) recall(b *batch) {
	if c.cache == nil {
		return
	}
	c.cache.Turn()
	for i := range b.out {
		for j := range b.out[i].Learned {
			c.cache.Learn(&b.out[i].Learned[j])
		}
		for _, r := range b.out[i].Ended {
			r.Teach(c.cache)
		}
	}
	for i := range b.out {
		for _, r := range b.out[i].Ended {
			r.Recall(c.cache)
		}
	}
}

// count adds what the flows of a batch gained to the hosts.
func (c *collector) count(b *batch) {
	c.recall(b)
	for i := range b.out {
		out := &b.out[i]
		for j := range out.Deltas {
			c.hosts.Apply(&out.Deltas[j])
		}
		for _, r := range out.Ended {
			last := r.Delta()
			c.hosts.Apply(&last)
		}
	}
	if c.checks != nil {
		c.check(b)
	}
}

// put hands on the flows that ended with a batch, in the order in which they
// began, whichever shard had them.
func (c *collector) put(b *batch) error {
	for r := range ended(b) {
		c.flows++
		c.protocols.Add(r)
		if err := c.sink.Flow(r); err != nil {
			return err
		}
	}
	return nil
}

// first takes the record that comes first from the heads of the runs, which the
// shards have sorted.
func first(runs *[][]*flow.Record) *flow.Record {
	list, best := *runs, 0
	for i := 1; i < len(list); i++ {
		if flow.Compare(list[i][0], list[best][0]) < 0 {
			best = i
		}
	}
	r := list[best][0]
	if list[best] = list[best][1:]; len(list[best]) == 0 {
		*runs = slices.Delete(list, best, best+1)
	}
	return r
}
