package engine

import (
	"sync"

	"github.com/flowloom/flowloom/engine/flow"
)

// worker owns one shard of the flow table.
type worker struct {
	id uint8
	// mu is held for a batch, or by who looks at the shard from outside.
	mu     sync.Mutex
	shard  *flow.Shard
	panics uint64
}

// process runs the worker's packets of a batch through its shard and leaves in
// the batch what came of them.
func (w *worker) process(b *batch) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for next := 0; next < len(b.parcels[w.id]); {
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

// together is how many packets are expected at a time: the processor waits for the memory of
// all of them at once.
const together = 8

// packetsFrom handles the worker's packets from the i-th on. A panic costs only
// the packet at hand: it is counted, and the caller goes on behind it.
func (w *worker) packetsFrom(b *batch, i int) (next int) {
	defer func() {
		if recover() != nil {
			w.panics++
			next = i + 1
		}
	}()
	parcels := b.parcels[w.id]
	for expected := i; i < len(parcels); i++ {
		if i == expected {
			expected = min(i+together, len(parcels))
			for _, p := range parcels[i:expected] {
				w.shard.Expect(&b.items[p.item].pkt)
			}
		}
		p := &parcels[i]
		w.shard.Packet(&b.items[p.item].pkt, p.clock, p.iface)
	}
	return i
}
