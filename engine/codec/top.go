package codec

import (
	"container/heap"
	"slices"
	"sync"

	"github.com/flowloom/flowloom/engine/field"
)

// Top finds the first rows of a table in an order. While the table is gone through, rows are
// only borrowed; Settle copies what is asked of those that are among the first so far.
type Top struct {
	cols   Columns
	places []int // of the fields of the scope among the columns, -1 for none
	limit  int
	after  []field.Value
	kept   kept
	spare  *held
	order  uint64
	found  int
	room   *room
}

// NewTop returns a Top of limit rows by keys, with the values of cols. With after, from
// ParseCursor, only rows count that come behind the one it stands for.
func NewTop(cols Columns, keys []SortKey, limit int, after []field.Value) *Top {
	t := &Top{cols: cols, places: make([]int, len(field.Of(cols.Scope))), limit: limit, after: after, kept: kept{keys: keys}, room: rooms.Get().(*room)} //nolint:forcetypeassert // there is nothing else in it
	for i := range t.places {
		t.places[i] = slices.Index(cols.Index, i)
	}
	return t
}

// Offer shows a row, which has to stay valid until Settle.
func (t *Top) Offer(r Row) {
	h := t.spare
	if h == nil {
		h = &held{keys: make([]field.Value, len(t.kept.keys))}
		t.spare = h
	}
	t.order++
	h.order = t.order
	if t.after != nil && !t.kept.before(h, r, t.after, false) {
		return
	}
	t.found++
	full := t.kept.Len() == t.limit
	if full && (t.limit == 0 || !t.kept.improves(h, r)) {
		return
	}
	for i, k := range t.kept.keys {
		readInto(&h.keys[i], r, k.Index)
	}
	h.row, t.spare = r, nil
	if !full {
		t.kept.rows = append(t.kept.rows, h)
		if t.kept.Len() == t.limit {
			heap.Init(&t.kept)
		}
		return
	}
	t.spare, t.kept.rows[0] = t.kept.rows[0], h
	heap.Fix(&t.kept, 0)
}

// Settle copies the rows that were only borrowed so far.
func (t *Top) Settle() {
	for _, h := range t.kept.rows {
		if _, mine := h.row.(*picked); !mine {
			h.row = t.pick(h.row)
		}
	}
}

// Rows returns the rows in order, with the values of the columns, after Settle; next is the
// cursor of the last one, "" if none comes behind it.
func (t *Top) Rows() (rows []Row, next string) {
	slices.SortFunc(t.kept.rows, t.kept.compare)
	for _, h := range t.kept.rows {
		rows = append(rows, h.row)
	}
	if n := len(rows); n > 0 && t.found > n {
		next = cursorOf(t.kept.keys, t.kept.rows[n-1].keys)
	}
	return rows, next
}

// Release gives the memory of the rows back, which nobody uses any more.
func (t *Top) Release() {
	clear(t.room.values) // lets go what they hold
	t.room.values = t.room.values[:0]
	rooms.Put(t.room)
	t.room, t.kept.rows = nil, nil
}

// room is memory for values: those of a page are some hundred kilobytes.
type room struct{ values []field.Value }

var rooms = sync.Pool{New: func() any { return new(room) }} //nolint:gochecknoglobals // memory, no state

// take returns room for n values.
func (r *room) take(n int) []field.Value {
	if len(r.values)+n > cap(r.values) {
		r.values = make([]field.Value, 0, max(2*cap(r.values), 64*n)) // what was given out stays where it is
	}
	at := len(r.values)
	r.values = r.values[:at+n]
	return r.values[at : at+n : at+n]
}

// picked is a row of some values.
type picked struct {
	values []field.Value
	places []int
}

// Value implements Row.
func (p *picked) Value(i int, v *field.Value) {
	if at := p.places[i]; at >= 0 {
		*v = p.values[at]
	}
}

func (t *Top) pick(r Row) Row {
	p := &picked{values: t.room.take(len(t.cols.Index)), places: t.places}
	for i, at := range t.cols.Index {
		readInto(&p.values[i], r, at)
	}
	return p
}
