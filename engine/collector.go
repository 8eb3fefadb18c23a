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
	checks    *check.Runner  // nil without checks
	minute    int64          // the clock's, when checks last ran
	flows     []*flow.Record // that checks look at
	ended     uint64
}

// recall gives flows that ended without telling what they are the names that other
// flows told. All of the batch is learned first, so that it does not matter which
// shard had what.
func (c *collector) recall(b *batch) {
	if c.cache == nil {
		return
	}
	c.cache.Turn()
	b.renamed = b.renamed[:0]
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
			if r.Recall(c.cache) {
				b.renamed = append(b.renamed, r)
			}
		}
	}
	slices.SortFunc(b.renamed, flow.Compare)
}

// count adds what the flows of a batch gained to the hosts.
func (c *collector) count(b *batch) {
	c.recall(b)
	b.ended = merge(b.ended[:0], b, func(o *flow.Output) []*flow.Record { return o.Ended })
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
	for _, r := range b.ended {
		c.ended++
		c.protocols.Add(r)
		if err := c.sink.Flow(r); err != nil {
			return err
		}
	}
	return nil
}

// merge appends the records of all shards in the order of flow.Compare, in which each
// shard has its own.
func merge(dst []*flow.Record, b *batch, of func(*flow.Output) []*flow.Record) []*flow.Record {
	var runs [][]*flow.Record
	all := 0
	for i := range b.out {
		if run := of(&b.out[i]); len(run) > 0 {
			runs = append(runs, run)
			all += len(run)
		}
	}
	dst = slices.Grow(dst, all)
	for len(runs) > 1 {
		best := 0
		for i := 1; i < len(runs); i++ {
			if flow.Compare(runs[i][0], runs[best][0]) < 0 {
				best = i
			}
		}
		dst = append(dst, runs[best][0])
		if runs[best] = runs[best][1:]; len(runs[best]) == 0 {
			runs = slices.Delete(runs, best, best+1)
		}
	}
	for _, run := range runs {
		dst = append(dst, run...)
	}
	return dst
}
