package codec

import (
	"bytes"
	"cmp"
	"container/heap"
	"fmt"
	"slices"
	"strings"

	"github.com/flowloom/flowloom/engine/field"
)

// SortKey is one field to sort by.
type SortKey struct {
	Index      int // in field.Of(scope)
	Descending bool
	kind       field.Kind
}

// ParseSort reads "field,-field": a minus sorts descending. The empty string
// gives no keys.
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
		keys = append(keys, SortKey{Index: i, Descending: name != part, kind: field.Of(scope)[i].Kind})
	}
	return keys, nil
}

// snapshot is a row that outlives Write.
type snapshot struct {
	values []field.Value
	order  uint64
}

// Value implements Row.
func (s *snapshot) Value(i int, v *field.Value) { *v = s.values[i] }

// Sorted sorts rows, or keeps the first of them, before it hands them on. With a
// limit it holds no more rows than that.
type Sorted struct {
	next  Writer
	width int
	keys  []SortKey
	limit int
	rows  []*snapshot
	count uint64
	spare *snapshot
}

// NewSorted returns a writer that sorts by keys (stable; by arrival when there
// are none) and passes limit rows on, all when it is 0.
func NewSorted(next Writer, scope field.Scope, keys []SortKey, limit int) *Sorted {
	return &Sorted{next: next, width: len(field.Of(scope)), keys: keys, limit: limit}
}

// Write implements Writer.
func (s *Sorted) Write(r Row) error {
	s.count++
	if len(s.keys) == 0 && s.limit > 0 && len(s.rows) >= s.limit {
		return nil
	}
	row := s.spare
	s.spare = nil
	if row == nil {
		row = &snapshot{values: make([]field.Value, s.width)}
	}
	row.order = s.count
	full := s.limit > 0 && len(s.rows) >= s.limit
	for _, k := range s.keys {
		row.values[k.Index].Clear()
		r.Value(k.Index, &row.values[k.Index])
	}
	if full && s.compare(row, s.rows[0]) >= 0 {
		s.spare = row
		return nil
	}
	s.fill(row, r)
	if full {
		s.spare = s.rows[0]
		s.rows[0] = row
		heap.Fix((*worstFirst)(s), 0)
		return nil
	}
	s.rows = append(s.rows, row)
	if s.limit > 0 && len(s.rows) == s.limit {
		heap.Init((*worstFirst)(s))
	}
	return nil
}

// fill copies all values; lists are the row's own only during Write.
func (s *Sorted) fill(row *snapshot, r Row) {
	for i := range row.values {
		v := &row.values[i]
		v.Clear()
		r.Value(i, v)
		if l := v.List(); l != nil {
			v.SetList(slices.Clone(l))
		}
	}
}

// Close implements Writer: it passes the rows on in order.
func (s *Sorted) Close() error {
	slices.SortFunc(s.rows, s.compare)
	for _, r := range s.rows {
		if err := s.next.Write(r); err != nil {
			return err
		}
	}
	return s.next.Close()
}

func (s *Sorted) compare(a, b *snapshot) int {
	for _, k := range s.keys {
		if c := compareValues(k.kind, &a.values[k.Index], &b.values[k.Index]); c != 0 {
			if k.Descending {
				return -c
			}
			return c
		}
	}
	return cmp.Compare(a.order, b.order)
}

// compareValues orders two values of a kind; nulls come first.
func compareValues(kind field.Kind, a, b *field.Value) int {
	if a.IsNull() || b.IsNull() {
		return boolOrder(!a.IsNull()) - boolOrder(!b.IsNull())
	}
	switch kind {
	case field.Float64:
		return cmp.Compare(a.Float(), b.Float())
	case field.String:
		return strings.Compare(a.Str(), b.Str())
	case field.StringList:
		return slices.Compare(a.List(), b.List())
	case field.IP:
		x, y := a.Addr().As16(), b.Addr().As16()
		return bytes.Compare(x[:], y[:])
	case field.Time, field.Duration:
		return cmp.Compare(a.Int(), b.Int())
	default:
		return cmp.Compare(a.Uint(), b.Uint())
	}
}

func boolOrder(b bool) int {
	if b {
		return 1
	}
	return 0
}

// worstFirst is the heap of the rows kept so far, the one to give way on top.
type worstFirst Sorted

func (h *worstFirst) Len() int           { return len(h.rows) }
func (h *worstFirst) Less(i, j int) bool { return (*Sorted)(h).compare(h.rows[i], h.rows[j]) > 0 }
func (h *worstFirst) Swap(i, j int)      { h.rows[i], h.rows[j] = h.rows[j], h.rows[i] }

// Push and Pop complete heap.Interface; the heap only ever replaces its top.
func (h *worstFirst) Push(x any) { h.rows = append(h.rows, x.(*snapshot)) } //nolint:forcetypeassert // only snapshots
func (h *worstFirst) Pop() any {
	last := h.rows[len(h.rows)-1]
	h.rows = h.rows[:len(h.rows)-1]
	return last
}
