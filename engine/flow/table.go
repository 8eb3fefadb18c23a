package flow

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
		s.chunks = append(s.chunks, make([]Record, chunk))
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
// the hash's upper half, to spare most looks at the record, and slot + 1.
type index struct {
	entries []uint64
	mask    uint64
	count   int
}

func newIndex() index { return index{entries: make([]uint64, 1024), mask: 1023} }

// find returns the slot with the hash and key.
func (x *index) find(s *slab, hash uint64, k *key) (uint32, bool) {
	tag := hash >> 32
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
func (x *index) insert(s *slab, hash uint64, slot uint32) {
	if x.count++; x.count*4 > len(x.entries)*3 {
		x.grow(s)
	}
	x.put(hash&x.mask, hash>>32<<32|uint64(slot+1))
}

func (x *index) put(i, entry uint64) {
	for x.entries[i] != 0 {
		i = (i + 1) & x.mask
	}
	x.entries[i] = entry
}

// grow doubles the table. The lower half of a hash, which decides the place,
// stands in the record.
func (x *index) grow(s *slab) {
	old := x.entries
	x.entries = make([]uint64, 2*len(old))
	x.mask = uint64(len(x.entries) - 1)
	for _, e := range old {
		if e != 0 {
			x.put(uint64(s.at(uint32(e)-1).hash)&x.mask, e) //nolint:gosec // the lower half
		}
	}
}

// remove takes out a slot, and moves up the entries that it had pushed on.
func (x *index) remove(s *slab, slot uint32) {
	i := uint64(s.at(slot).hash) & x.mask
	for uint32(x.entries[i]) != slot+1 { //nolint:gosec // the lower half
		i = (i + 1) & x.mask
	}
	x.count--
	for j := i; ; {
		j = (j + 1) & x.mask
		e := x.entries[j]
		if e == 0 {
			break
		}
		home := uint64(s.at(uint32(e)-1).hash) & x.mask //nolint:gosec // the lower half
		if (j-home)&x.mask >= (j-i)&x.mask {
			x.entries[i] = e
			i = j
		}
	}
	x.entries[i] = 0
}
