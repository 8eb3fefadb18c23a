package store

import (
	"math/bits"
	"sync"

	"github.com/apache/arrow-go/v18/arrow/memory"
)

// pool is an Arrow allocator that uses the memory of batches again: they come and go all
// the time, each with hundreds of buffers. Sizes are powers of two.
type pool struct {
	fresh memory.Allocator
	mu    sync.Mutex
	free  [poolClasses][][]byte
	held  int // bytes that are free
}

const (
	poolClasses = 28 // up to 128 MiB
	poolSmall   = 6  // one cache line
	poolHeld    = 256 << 20
)

func newPool() *pool { return &pool{fresh: memory.NewGoAllocator()} }

// Allocate implements memory.Allocator.
func (p *pool) Allocate(size int) []byte {
	class := max(bits.Len(uint(max(size-1, 0))), poolSmall) //nolint:gosec // positive
	if class >= poolClasses {
		return p.fresh.Allocate(size)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	list := p.free[class]
	if len(list) == 0 {
		return p.fresh.Allocate(1 << class)[: size : 1<<class]
	}
	b := list[len(list)-1]
	p.free[class] = list[:len(list)-1]
	p.held -= 1 << class
	clear(b[:size])
	return b[:size]
}

// Reallocate implements memory.Allocator.
func (p *pool) Reallocate(size int, b []byte) []byte {
	if size <= cap(b) {
		if size > len(b) {
			clear(b[len(b):size])
		}
		return b[:size]
	}
	larger := p.Allocate(size)
	copy(larger, b)
	p.Free(b)
	return larger
}

// Free implements memory.Allocator.
func (p *pool) Free(b []byte) {
	class := bits.Len(uint(max(cap(b)-1, 0))) //nolint:gosec // positive
	if class < poolSmall || class >= poolClasses || cap(b) != 1<<class {
		return // not one of ours
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.held+cap(b) <= poolHeld {
		p.free[class] = append(p.free[class], b[:0])
		p.held += cap(b)
	}
}
