package engine

import (
	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/engine/flow"
	"github.com/flowloom/flowloom/engine/packet"
)

// item is one decoded packet with what its flow needs to know of its origin.
type item struct {
	pkt packet.Packet
	// clock is the highest packet time of the input up to this packet.
	clock int64
	iface uint16
}

// batch travels from the reader through all workers to the collector and back.
type batch struct {
	frames capture.Batch
	items  []item
	// shards[i] is the worker of items[i]; apart, so that a worker touches only
	// the memory of its own packets.
	shards []uint8
	// clock after the last frame, IP or not.
	clock int64
	// last marks the end of input: workers drain their shards.
	last bool
	// out holds what each worker found; out[i] is written by worker i only.
	out []flow.Output
}

func newBatch(workers int) *batch { return &batch{out: make([]flow.Output, workers)} }
