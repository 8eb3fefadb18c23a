package direct

import "github.com/flowloom/flowloom/engine/field"

// Scratch is room that getters work in. The zero Scratch is ready for use.
type Scratch struct {
	Field field.Value
	lists map[uint64]*Table
}

// maxLists bounds the lists that are kept.
const maxLists = 1024

// List returns the list that belongs to a number, as a set of bits, which it makes only
// once.
func (s *Scratch) List(number uint64, list func() []string) Value {
	t, ok := s.lists[number]
	if !ok {
		if s.lists == nil || len(s.lists) == maxLists {
			s.lists = make(map[uint64]*Table)
		}
		t = &Table{Texts: list()}
		s.lists[number] = t
	}
	return Constants(t)
}
