package codec

import (
	"slices"

	"github.com/flowloom/flowloom/engine/field"
)

// Cloner is a Row that can be kept beyond Write. Records should be one: a clone
// is some hundred bytes where a copy of all values of a flow is some thousand.
type Cloner interface {
	Row
	// CloneRow returns a copy that shares nothing that changes later.
	CloneRow() Row
}

// held is a row that outlives Write, with the values to sort by at hand.
type held struct {
	keys  []field.Value
	row   Row
	order uint64
}

// hold keeps r, reusing the memory of an earlier copy.
func (h *held) hold(r Row, width int) {
	if c, ok := r.(Cloner); ok {
		h.row = c.CloneRow()
		return
	}
	values, ok := h.row.(copied)
	if !ok {
		values = make(copied, width)
		h.row = values
	}
	for i := range values {
		readInto(&values[i], r, i)
	}
}

// copied is a row made of all its values.
type copied []field.Value

// Value implements Row.
func (c copied) Value(i int, v *field.Value) { *v = c[i] }

// readInto sets v to field i of r for good: a list is borrowed from the row only
// until its next change.
func readInto(v *field.Value, r Row, i int) {
	v.Clear()
	r.Value(i, v)
	if !v.IsNull() && v.List() != nil {
		v.SetList(slices.Clone(v.List()))
	}
}
