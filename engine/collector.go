package engine

import (
	"slices"

	"github.com/flowloom/flowloom/engine/flow"
	"github.com/flowloom/flowloom/engine/host"
)

// Sink receives what the engine finds, from one goroutine.
type Sink interface {
	// Flow brings a flow that ended. The record is valid during the call. An
	// error stops the engine and is returned by Run.
	Flow(r *flow.Record) error
}

// collector applies what the workers found, in the order of the input.
type collector struct {
	hosts     *host.Table
	protocols *host.Protocols
	sink      Sink
	runs      [][]*flow.Record
	flows     uint64
}

// collect applies one batch. Flows that ended with it are handed on in the order
// in which they began, whichever worker had them.
func (c *collector) collect(b *batch) error {
	c.runs = c.runs[:0]
	for i := range b.out {
		out := &b.out[i]
		for j := range out.Deltas {
			c.hosts.Apply(&out.Deltas[j])
		}
		if len(out.Ended) > 0 {
			c.runs = append(c.runs, out.Ended)
		}
	}
	for len(c.runs) > 0 {
		if err := c.ended(c.first()); err != nil {
			return err
		}
	}
	return nil
}

// first takes the record that comes first from the heads of the runs, which the
// shards have sorted.
func (c *collector) first() *flow.Record {
	best := 0
	for i := 1; i < len(c.runs); i++ {
		if flow.Compare(c.runs[i][0], c.runs[best][0]) < 0 {
			best = i
		}
	}
	r := c.runs[best][0]
	if c.runs[best] = c.runs[best][1:]; len(c.runs[best]) == 0 {
		c.runs = slices.Delete(c.runs, best, best+1)
	}
	return r
}

// ended hands on a flow that ended.
func (c *collector) ended(r *flow.Record) error {
	c.flows++
	last := r.Delta()
	c.hosts.Apply(&last)
	c.protocols.Add(r)
	return c.sink.Flow(r)
}
