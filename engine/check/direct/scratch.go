package direct

import "github.com/flowloom/flowloom/engine/field"

// Scratch is room that getters work in. The zero Scratch is ready for use.
type Scratch struct {
	Field field.Value
	lists []kept
}

// kept is a list that was made for a number.
type kept struct {
	number uint64
	list   *Table
}

// listBits is the binary logarithm of how many lists are kept, each at the one place that
// follows from its number.
const listBits = 8

// List returns the list that belongs to a number, as a set of bits, which it makes anew only
// when another one has taken its place meanwhile.
func (s *Scratch) List(number uint64, list func() []string) Value {
	if s.lists == nil {
		s.lists = make([]kept, 1<<listBits)
	}
	k := &s.lists[number*0x9e3779b97f4a7c15>>(64-listBits)] // the golden ratio, which spreads bits
	if k.list == nil || k.number != number {
		*k = kept{number, &Table{Texts: list()}}
	}
	return Constants(k.list)
}
