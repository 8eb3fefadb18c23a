package engine

import (
	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/engine/flow"
	"github.com/flowloom/flowloom/engine/host"
	"github.com/flowloom/flowloom/engine/packet"
)

// item is one decoded packet, filled up to whole cache lines, so that no two
// workers touch the same one.
type item struct {
	pkt packet.Packet
	_   [40]byte
}

// origin is what a packet's flow needs to know besides the packet.
type origin struct {
	// clock is the highest packet time of the input up to this packet.
	clock int64
	iface uint16
	// shard is the one that the packet belongs to.
	shard uint8
}

// batch travels from the reader through all shards to the collector and back.
type batch struct {
	frames capture.Batch
	items  []item
	// origins[i] belongs to items[i]; apart, so that a worker touches only
	// the items of its own shard.
	origins []origin
	// clock after the last frame, IP or not.
	clock int64
	// ifaces are the counters of the interfaces after the last frame, for checks.
	ifaces []host.InterfaceStats
	// drain: at the end of input, workers drain their shards. Several batches share
	// what is left then, each takes the flows that began before until.
	drain drain
	until int64
	// last marks the end of all.
	last bool
	// out holds what each worker found; out[i] is written by worker i only.
	out []flow.Output
	// ended are the flows that ended, of all shards, in the order of flow.Compare.
	ended []*flow.Record
	// renamed are those of them that got another name than checks have seen.
	renamed []*flow.Record
}

// drain says what a batch has to do with the end of input.
type drain uint8

const (
	noDrain drain = iota
	firstDrain
	nextDrain
)

func newBatch(workers int) *batch { return &batch{out: make([]flow.Output, workers)} }
