package engine

import "github.com/flowloom/flowloom/engine/flow"

// worker owns one shard of the flow table.
type worker struct {
	id     uint8
	shard  *flow.Shard
	panics uint64
}

// process runs the worker's packets of a batch through its shard and leaves in
// the batch what came of them.
func (w *worker) process(b *batch) {
	for next := 0; next < len(b.items); {
		next = w.packetsFrom(b, next)
	}
	switch b.drain {
	case noDrain:
		w.shard.Advance(b.clock)
		w.shard.Take(&b.out[w.id])
		return
	case firstDrain:
		w.shard.Drain(b.clock)
	}
	w.shard.TakeDrained(&b.out[w.id], b.until)
}

// packetsFrom handles the worker's packets from index i on. A panic costs only
// the packet at hand: it is counted, and the caller goes on behind it.
func (w *worker) packetsFrom(b *batch, i int) (next int) {
	defer func() {
		if recover() != nil {
			w.panics++
			next = i + 1
		}
	}()
	for ; i < len(b.items); i++ {
		if from := &b.origins[i]; from.shard == w.id {
			w.shard.Packet(&b.items[i].pkt, from.clock, from.iface)
		}
	}
	return i
}
