package host

import (
	"cmp"
	"slices"
)

// tally counts bytes by a key with few values. Hosts mostly have one or two, so a
// slice is smaller and faster than a map.
type tally[K cmp.Ordered] []tallied[K]

type tallied[K cmp.Ordered] struct {
	key   K
	bytes uint64
}

// maxTally bounds the distinct keys; a host that shows more keeps the first.
const maxTally = 64

func (t *tally[K]) add(key K, bytes uint64) {
	for i := range *t {
		if (*t)[i].key == key {
			(*t)[i].bytes += bytes
			return
		}
	}
	if len(*t) < maxTally {
		*t = append(*t, tallied[K]{key, bytes})
	}
}

// sorted returns the keys, most bytes first.
func (t tally[K]) sorted() []K {
	rows := slices.Clone(t)
	slices.SortFunc(rows, func(a, b tallied[K]) int {
		return cmp.Or(cmp.Compare(b.bytes, a.bytes), cmp.Compare(a.key, b.key))
	})
	keys := make([]K, len(rows))
	for i, r := range rows {
		keys[i] = r.key
	}
	return keys
}
