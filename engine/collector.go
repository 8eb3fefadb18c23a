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
	ended     []*flow.Record
	flows     uint64
}

// collect applies one batch. Flows that ended with it are handed on in the order
// in which they began, whichever worker had them.
func (c *collector) collect(b *batch) error {
	c.ended = c.ended[:0]
	for i := range b.out {
		out := &b.out[i]
		for j := range out.Deltas {
			c.hosts.Apply(&out.Deltas[j])
		}
		c.ended = append(c.ended, out.Ended...)
	}
	c.flows += uint64(len(c.ended))
	slices.SortFunc(c.ended, flow.Compare)
	for _, r := range c.ended {
		last := r.Delta()
		c.hosts.Apply(&last)
		c.protocols.Add(r)
		if err := c.sink.Flow(r); err != nil {
			return err
		}
	}
	return nil
}
