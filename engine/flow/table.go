package flow

import "math"

// chunk is the number of records allocated at once.
const chunk = 1024

// slab holds records in chunks that never move, so that growing copies nothing.
type slab struct {
	chunks [][]Record
	free   uint32 // slot + 1 of the first free record, linked by next
	made   uint32
}

func (s *slab) at(slot uint32) *Record { return &s.chunks[slot/chunk][slot%chunk] }

// take returns a free record's slot; its content is stale.
func (s *slab) take() uint32 {
	if s.free != 0 {
		slot := s.free - 1
		s.free = s.at(slot).next
		return slot
	}
	if int(s.made) == len(s.chunks)*chunk {
		records := make([]Record, chunk)
		for i := range records {
			records[i].bucket = 0 // see touch: the garbage collector reads all of them
		}
		s.chunks = append(s.chunks, records)
	}
	s.made++
	return s.made - 1
}

// give returns a record to the free ones.
func (s *slab) give(slot uint32) {
	s.at(slot).next = s.free
	s.free = slot + 1
}

// index finds slots by hash: open addressing with linear probing. An entry holds
// the hash's lower half, above slot + 1: its low bits are the entry's home, so that entries
// move without a look at records, and the others spare most looks at other records.
type index struct {
	entries []uint64
	mask    uint64
	count   int
}

func entryOf(hash uint32, slot uint32) uint64 { return uint64(hash)<<32 | uint64(slot+1) }

// home is where an entry stands if nothing is in its way.
func (x *index) home(entry uint64) uint64 { return entry >> 32 & x.mask }

func newIndex() index { return index{entries: make([]uint64, 1024), mask: 1023} }

// find returns the slot with the hash and key.
func (x *index) find(s *slab, hash uint64, k *key) (uint32, bool) {
	tag := hash & math.MaxUint32
	for i := hash & x.mask; ; i = (i + 1) & x.mask {
		e := x.entries[i]
		if e == 0 {
			return 0, false
		}
		if e>>32 == tag {
			slot := uint32(e) - 1 //nolint:gosec // the lower half
			if s.at(slot).key == *k {
				return slot, true
			}
		}
	}
}

// insert adds a slot that find did not return.
func (x *index) insert(hash uint32, slot uint32) {
	if x.count++; x.count*4 > len(x.entries)*3 {
		x.grow()
	}
	x.put(entryOf(hash, slot))
}

func (x *index) put(entry uint64) {
	i := x.home(entry)
	for x.entries[i] != 0 {
		i = (i + 1) & x.mask
	}
	x.entries[i] = entry
}

// grow doubles the table.
func (x *index) grow() {
	old := x.entries
	x.entries = touch(make([]uint64, 2*len(old)))
	x.mask = uint64(len(x.entries) - 1)
	for _, e := range old {
		if e != 0 {
			x.put(e)
		}
	}
}

// touch writes to each page of new memory, all of which will be used. Memory that is read
// before it is written gets its page twice, and the second time the processors must agree on it.
func touch(entries []uint64) []uint64 {
	const page = 4096 / 8
	for i := 0; i < len(entries); i += page {
		entries[i] = 0
	}
	return entries
}

// remove takes out a slot, and moves up the entries that it had pushed on.
func (x *index) remove(hash uint32, slot uint32) {
	gone := entryOf(hash, slot)
	i := x.home(gone)
	for x.entries[i] != gone {
		i = (i + 1) & x.mask
	}
	x.count--
	for j := i; ; {
		j = (j + 1) & x.mask
		e := x.entries[j]
		if e == 0 {
			break
		}
		if (j-x.home(e))&x.mask >= (j-i)&x.mask {
			x.entries[i] = e
			i = j
		}
	}
	x.entries[i] = 0
}
