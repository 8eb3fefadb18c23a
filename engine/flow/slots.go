package flow

import "math/bits"

// slots is a set of slots, a bit each, that gives them back in the order of memory.
type slots struct {
	words []uint64
	next  int // no word before it holds any
	n     int
}

func (s *slots) empty() bool { return s.n == 0 }

func (s *slots) add(slot uint32) {
	word, bit := int(slot/64), uint64(1)<<(slot%64)
	for word >= len(s.words) {
		s.words = append(s.words, 0)
	}
	if s.words[word]&bit == 0 {
		s.words[word] |= bit
		s.n++
	}
	s.next = min(s.next, word)
}

// take removes the first slot of a set that is not empty.
func (s *slots) take() uint32 {
	for s.words[s.next] == 0 {
		s.next++
	}
	word := s.words[s.next]
	s.words[s.next] = word & (word - 1)
	s.n--
	return uint32(s.next*64 + bits.TrailingZeros64(word)) //nolint:gosec // as add was given it
}

func (s *slots) clear() {
	clear(s.words)
	s.next, s.n = 0, 0
}
