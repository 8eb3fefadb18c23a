package host

import (
	"cmp"
	"slices"
)

// tally counts bytes or packets by a key with few values. Hosts mostly have one or two: those
// stand in place, which spares a look at another corner of the memory.
type tally struct {
	few  [2]uint64
	keys [2]uint8
	n    uint8
	more *[]tallied
}

type tallied struct {
	key   uint8
	bytes uint64
}

func (t *tally) add(key uint8, bytes uint64) {
	for i, known := range t.keys[:t.n] {
		if known == key {
			t.few[i] += bytes
			return
		}
	}
	if int(t.n) < len(t.few) {
		t.keys[t.n], t.few[t.n] = key, bytes
		t.n++
		return
	}
	if t.more == nil {
		t.more = new([]tallied)
	}
	for i := range *t.more {
		if more := &(*t.more)[i]; more.key == key {
			more.bytes += bytes
			return
		}
	}
	*t.more = append(*t.more, tallied{key, bytes})
}

// all yields the keys with what they add up to, in no order that has a meaning.
func (t *tally) all(yield func(key uint8, sum uint64) bool) {
	for i, key := range t.keys[:t.n] {
		if !yield(key, t.few[i]) {
			return
		}
	}
	if t.more != nil {
		for _, x := range *t.more {
			if !yield(x.key, x.bytes) {
				return
			}
		}
	}
}

// names returns the keys by name, most first.
func (t *tally) names(name func(uint8) string) []string {
	rows := make([]tallied, t.n)
	for i := range rows {
		rows[i] = tallied{t.keys[i], t.few[i]}
	}
	if t.more != nil {
		rows = append(rows, *t.more...)
	}
	slices.SortFunc(rows, func(a, b tallied) int {
		return cmp.Or(cmp.Compare(b.bytes, a.bytes), cmp.Compare(a.key, b.key))
	})
	names := make([]string, len(rows))
	for i, r := range rows {
		names[i] = name(r.key)
	}
	return names
}
