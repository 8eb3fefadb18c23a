package engine

import (
	"iter"
	"slices"
	"sync"

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

// Flusher is a Sink that wants to know when flows that ended together have all come.
type Flusher interface {
	Sink
	Flush() error
}

// Gatherer is a Sink that takes the flows that ended together in one call, which is faster
// where they are written column by column.
type Gatherer interface {
	Sink
	// Flows is Flow for many.
	Flows(rs []*flow.Record) error
}

// Parter is a Sink that also wants flows that last, once a minute and then as they end, as
// parts that add up: flow.Part of a record.
type Parter interface {
	Sink
	// Part brings a flow that goes on. The record is valid during the call.
	Part(r *flow.Record) error
}

// collector applies what the shards found.
type collector struct {
	// mu is held for a batch, or by who looks at the tables from outside.
	mu        sync.Mutex
	hosts     *host.Table
	protocols *host.Protocols
	cache     *dpi.Cache // nil without detection
	sink      Sink
	checks    *check.Runner  // nil without checks
	minute    int64          // the clock's, when checks last ran
	flows     []*flow.Record // that checks look at
	ended     uint64
	followers followers
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
	c.mu.Lock()
	defer c.mu.Unlock()
	c.recall(b)
	b.ended = merge(b.ended[:0], b, func(o *flow.Output) []*flow.Record { return o.Ended })
	for i := range b.out {
		out := &b.out[i]
		for j := range out.Deltas {
			d := &out.Deltas[j]
			d.Where[flow.FromClient], d.Where[flow.FromServer] = c.hosts.Apply(d)
			c.pause(j)
		}
		for j, r := range out.Ended {
			c.pause(j)
			last := r.Delta()
			r.Locate(c.hosts.Apply(&last))
		}
	}
	c.locate(b)
	for _, r := range b.ended {
		c.ended++
		c.protocols.Add(r)
	}
	if c.checks != nil {
		c.check(b)
	}
}

// pauseEvery is how many records are handled before others may have a look.
const pauseEvery = 512

// pause lets those in who wait to look at the tables, after every so many records: many flows
// can end at once. Nobody else changes what the collector works on.
func (c *collector) pause(n int) {
	if n%pauseEvery == pauseEvery-1 {
		c.mu.Unlock()
		c.mu.Lock()
	}
}

// paused yields what seq yields, with pauses.
func paused[T any](c *collector, seq iter.Seq[T]) iter.Seq[T] {
	return func(yield func(T) bool) {
		n := 0
		for x := range seq {
			if !yield(x) {
				return
			}
			c.pause(n)
			n++
		}
	}
}

// locate notes where the flows are that go on and that checks or history look at.
func (c *collector) locate(b *batch) {
	for i := range b.out {
		for _, r := range b.out[i].Detected {
			if !r.Over() {
				c.hosts.Locate(r)
			}
		}
		for _, r := range b.out[i].Periodic {
			c.hosts.Locate(r)
		}
	}
}

// put hands on the flows that ended with a batch, in the order in which they
// began, whichever shard had them.
func (c *collector) put(b *batch) error {
	if p, ok := c.sink.(Parter); ok {
		for i := range b.out {
			for _, r := range b.out[i].Periodic {
				if err := p.Part(r); err != nil {
					return err
				}
			}
		}
	}
	if err := give(c.sink, b.ended); err != nil {
		return err
	}
	c.followers.tell(b.ended)
	if f, ok := c.sink.(Flusher); ok && len(b.ended) > 0 {
		return f.Flush()
	}
	return nil
}

// give hands flows to a sink as it wants them.
func give(to Sink, ended []*flow.Record) error {
	if g, ok := to.(Gatherer); ok && len(ended) > 0 {
		return g.Flows(ended)
	}
	for _, r := range ended {
		if err := to.Flow(r); err != nil {
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
