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

// parcel is a packet for a shard, with what its flow needs to know besides.
type parcel struct {
	// clock is the highest packet time of the input up to this packet.
	clock int64
	// item is the packet's place in the batch.
	item  uint32
	iface uint16
}

// batch travels from the reader through all shards to the collector and back.
type batch struct {
	frames capture.Batch
	items  []item
	// parcels[i] are for shard i, so that a worker touches only the items of its own.
	parcels [][]parcel
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

func newBatch(workers int) *batch {
	return &batch{parcels: make([][]parcel, workers), out: make([]flow.Output, workers)}
}

// clear empties the batch of packets.
func (b *batch) clear() {
	b.items = b.items[:0]
	for i := range b.parcels {
		b.parcels[i] = b.parcels[i][:0]
	}
}

// room makes place for n items in an empty batch. All are written to, as memory that is read
// before it is written is mapped twice.
func (b *batch) room(n int) {
	if cap(b.items) >= n {
		return
	}
	b.items = make([]item, n+n/4)
	for i := range b.items {
		b.items[i].pkt.Time = 0
	}
	b.items = b.items[:0]
}
