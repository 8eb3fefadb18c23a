package codec

import (
	"cmp"
	"container/heap"
	"fmt"
	"slices"
	"strings"

	"github.com/flowloom/flowloom/engine/field"
)

// SortKey is one field to sort by.
type SortKey struct {
	// Index is the position of the field in field.Of(scope).
	Index int
	// Descending puts the greatest value first.
	Descending bool
	kind       field.Kind
	sign       uint64 // what signOf says
}

// ParseSort reads "-bytes,first_seen": a minus sorts descending, later keys
// decide between equals. The empty string gives no keys.
func ParseSort(scope field.Scope, text string) ([]SortKey, error) {
	var keys []SortKey
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		name := strings.TrimPrefix(part, "-")
		i := field.Index(scope, name)
		if i < 0 {
			return nil, fmt.Errorf("cannot sort: %w", unknownField(scope, name))
		}
		keys = append(keys, SortKey{Index: i, Descending: name != part, kind: field.Of(scope)[i].Kind, sign: signOf(field.Of(scope)[i].Kind)})
	}
	return keys, nil
}

// Sorted sorts rows before it hands them on, or keeps only the first of them.
// Without a limit it holds all rows until Close; with one, no more than that.
type Sorted struct {
	next  Writer
	width int // fields of the scope
	limit int
	count uint64
	kept  kept
	spare *held
}

// NewSorted returns a writer that sorts by keys and passes limit rows on, all
// when limit is 0. The order is stable; without keys rows pass as they come. Rows
// that are a Cloner are cloned, of others all values are copied.
func NewSorted(next Writer, scope field.Scope, keys []SortKey, limit int) *Sorted {
	return &Sorted{next: next, width: len(field.Of(scope)), limit: max(limit, 0), kept: kept{keys: keys}}
}

// Write implements Writer.
func (s *Sorted) Write(r Row) error {
	s.count++
	if len(s.kept.keys) == 0 {
		if s.limit > 0 && s.count > uint64(s.limit) {
			return nil
		}
		return s.next.Write(r)
	}
	h := s.spare
	if h == nil {
		h = &held{keys: make([]field.Value, len(s.kept.keys))}
	}
	s.spare = nil
	h.order = s.count
	if s.limit > 0 && s.kept.Len() == s.limit && !s.kept.improves(h, r) {
		s.spare = h
		return nil
	}
	for i, k := range s.kept.keys {
		readInto(&h.keys[i], r, k.Index)
	}
	if s.limit == 0 || s.kept.Len() < s.limit {
		h.hold(r, s.width)
		s.kept.rows = append(s.kept.rows, h)
		if s.kept.Len() == s.limit {
			heap.Init(&s.kept)
		}
		return nil
	}
	h.hold(r, s.width)
	s.spare, s.kept.rows[0] = s.kept.rows[0], h
	heap.Fix(&s.kept, 0)
	return nil
}

// Close implements Writer: it passes the rows on in order and closes the next
// writer.
func (s *Sorted) Close() error {
	slices.SortFunc(s.kept.rows, s.kept.compare)
	for i, h := range s.kept.rows {
		if err := s.next.Write(h.row); err != nil {
			return err
		}
		s.kept.rows[i] = nil // lets the row go while the rest is written
	}
	s.kept.rows = nil
	return s.next.Close()
}

// kept is a heap of the rows to pass on, the one to give way first on top.
type kept struct {
	keys []SortKey
	rows []*held
}

// compare gives the order of output; arrival decides between equals.
func (k *kept) compare(a, b *held) int {
	for i, key := range k.keys {
		if c := compareKey(&key, &a.keys[i], &b.keys[i]); c != 0 {
			return c
		}
	}
	return cmp.Compare(a.order, b.order)
}

// improves reports whether a row goes before the one on top; among equals the one that came
// first stays.
func (k *kept) improves(h *held, r Row) bool { return k.before(h, r, k.rows[0].keys, true) }

// before compares a row with the values of another one: whether it goes before, or with
// before unset behind them. It reads no more keys than it takes to tell, into h, and only
// borrows them: most rows lose by the first.
func (k *kept) before(h *held, r Row, others []field.Value, before bool) bool {
	for i := range k.keys {
		key, v := &k.keys[i], &h.keys[i]
		v.Clear()
		r.Value(key.Index, v)
		if c := compareKey(key, v, &others[i]); c != 0 {
			return (c < 0) == before
		}
	}
	return false
}

// Len implements heap.Interface.
func (k *kept) Len() int { return len(k.rows) }

// Less implements heap.Interface: the last in order is on top.
func (k *kept) Less(i, j int) bool { return k.compare(k.rows[i], k.rows[j]) > 0 }

// Swap implements heap.Interface.
func (k *kept) Swap(i, j int) { k.rows[i], k.rows[j] = k.rows[j], k.rows[i] }

// Push implements heap.Interface.
func (k *kept) Push(x any) { k.rows = append(k.rows, x.(*held)) } //nolint:forcetypeassert // only held rows

// Pop implements heap.Interface.
func (k *kept) Pop() any {
	last := k.rows[len(k.rows)-1]
	k.rows = k.rows[:len(k.rows)-1]
	return last
}

// compareKey orders two values of a key. Records without the value come last,
// whichever the direction: nobody looks for them.
func compareKey(k *SortKey, a, b *field.Value) int {
	if k.sign != notNumber && !a.IsNull() && !b.IsNull() { // what most lists are sorted by
		switch x, y := a.Uint()^k.sign, b.Uint()^k.sign; {
		case x == y:
			return 0
		case (x < y) != k.Descending:
			return -1
		default:
			return 1
		}
	}
	return compareOther(k, a, b)
}

// Numbers are compared as unsigned ones, for which the sign of those that have one is turned.
const (
	unsigned  = uint64(0)
	signed    = uint64(1) << 63
	notNumber = ^uint64(0)
)

func signOf(kind field.Kind) uint64 {
	switch kind {
	case field.Bool, field.Uint8, field.Uint16, field.Uint32, field.Uint64:
		return unsigned
	case field.Time, field.Duration:
		return signed
	default:
		return notNumber
	}
}

func compareOther(k *SortKey, a, b *field.Value) int {
	switch hasA, hasB := present(k.kind, a), present(k.kind, b); {
	case !hasA && !hasB:
		return 0
	case !hasA:
		return 1
	case !hasB:
		return -1
	case k.Descending:
		a, b = b, a
	}
	switch k.kind {
	case field.Float64:
		return cmp.Compare(a.Float(), b.Float())
	case field.String:
		return strings.Compare(a.Str(), b.Str())
	case field.StringList:
		return slices.Compare(a.List(), b.List())
	case field.IP:
		return a.Addr().Compare(b.Addr()) // IPv4 before IPv6, then by number
	case field.MAC:
		return cmp.Or(cmp.Compare(a.Uint(), b.Uint()), strings.Compare(a.Str(), b.Str()))
	default: // numbers, at least one of which is missing
		return 0
	}
}
