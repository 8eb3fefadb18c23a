package enrich

import "hash/maphash"

// nameSet is a set of short texts in two blocks of memory, some 33 bytes for a
// domain name: a million strings would be as many objects to the collector.
type nameSet struct {
	seed  maphash.Seed
	text  []byte   // each name behind its length
	slots []uint32 // where in text a name stands, plus one; 0 is free
	count int
}

// maxName is the longest domain name (RFC 1035, section 2.3.4), and fits the byte
// of the length.
const maxName = 253

// add puts in a name of up to maxName bytes and reports whether it is new.
func (s *nameSet) add(name string) bool {
	if s.count >= len(s.slots)*3/4 {
		s.grow()
	}
	at := s.slot(name)
	if s.slots[at] != 0 {
		return false
	}
	s.slots[at] = uint32(len(s.text)) + 1
	s.text = append(append(s.text, byte(len(name))), name...)
	s.count++
	return true
}

func (s *nameSet) has(name string) bool {
	return s.count > 0 && len(name) <= maxName && s.slots[s.slot(name)] != 0
}

// slot finds the place of a name, or the free one where it belongs.
func (s *nameSet) slot(name string) uint64 {
	mask := uint64(len(s.slots) - 1)
	at := maphash.String(s.seed, name) & mask
	for s.slots[at] != 0 && string(s.name(s.slots[at])) != name {
		at = (at + 1) & mask
	}
	return at
}

func (s *nameSet) name(offset uint32) []byte {
	end := offset + uint32(s.text[offset-1])
	return s.text[offset:end]
}

// grow doubles the slots.
func (s *nameSet) grow() {
	if s.slots == nil {
		s.seed = maphash.MakeSeed()
	}
	old := s.slots
	s.slots = make([]uint32, max(16, 2*len(old)))
	for _, offset := range old {
		if offset != 0 {
			s.slots[s.slot(string(s.name(offset)))] = offset
		}
	}
}

// trim gives back what text grew beyond its need.
func (s *nameSet) trim() { s.text = append([]byte(nil), s.text...) }
