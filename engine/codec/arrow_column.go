package codec

import (
	"encoding/binary"
	"math"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"github.com/flowloom/flowloom/engine/field"
)

// arrowColumn collects the values of one field as Arrow lays them out. To append is a store,
// where the builders of the library make several calls; and as long as a field has no value,
// as most have none in most batches, nothing is stored at all.
type arrowColumn struct {
	kind  field.Kind
	typ   arrow.DataType
	alloc memory.Allocator
	// width is the bytes of a value, 0 for bits and for what has offsets.
	width int

	n, nulls int
	// room is for how many rows there is memory, 0 while all are null; usual is how many the
	// last batch had.
	room, usual int
	// valid has a bit for each row that is not null. values holds numbers, bits or text;
	// offsets where texts, or the runs of items that are lists, begin and end.
	valid, values, offsets store
	items                  *arrowColumn
	text                   []byte // scratch
	full                   bool
}

// store is memory that grows. Allocators give it out cleared, as both of Arrow's for Go do, so
// what nobody wrote is zero, and of large batches was never touched.
type store struct {
	buf   []byte
	usual int // what the last batch took
}

// room makes sure that there are n bytes.
func (s *store) room(alloc memory.Allocator, n int) {
	if n <= len(s.buf) {
		return
	}
	n = max(n, len(s.buf)+len(s.buf)/2, s.usual)
	more := alloc.Allocate(n)
	copy(more, s.buf)
	s.release(alloc)
	s.buf = more
}

// take gives the first n bytes away as a buffer.
func (s *store) take(alloc memory.Allocator, n int) *memory.Buffer {
	s.room(alloc, n)
	b := memory.NewBufferWithAllocator(s.buf, alloc)
	b.ResizeNoShrink(n)
	s.buf, s.usual = nil, n
	return b
}

// zeros is memory that is zero, which all columns share that have nothing but nulls.
type zeros struct {
	alloc memory.Allocator
	buf   *memory.Buffer
}

// of returns a buffer of at least n bytes, which the caller releases.
func (z *zeros) of(n int) *memory.Buffer {
	if z.buf == nil || z.buf.Len() < n {
		z.release()
		z.buf = memory.NewBufferWithAllocator(z.alloc.Allocate(n), z.alloc)
		z.buf.ResizeNoShrink(n)
	}
	z.buf.Retain()
	return z.buf
}

func (z *zeros) release() {
	if z.buf != nil {
		z.buf.Release()
		z.buf = nil
	}
}

func (s *store) release(alloc memory.Allocator) {
	if s.buf != nil {
		alloc.Free(s.buf)
		s.buf = nil
	}
}

func newArrowColumn(alloc memory.Allocator, kind field.Kind) *arrowColumn {
	c := &arrowColumn{kind: kind, typ: arrowType(kind), alloc: alloc}
	switch kind {
	case field.Uint8:
		c.width = 1
	case field.Uint16:
		c.width = 2
	case field.Uint32:
		c.width = 4
	case field.Uint64, field.Float64, field.Time, field.Duration:
		c.width = 8
	case field.StringList:
		c.items = newArrowColumn(alloc, field.String)
	}
	return c
}

// minRoom is for how many rows there is memory at least.
const minRoom = 64

// grow makes room for more rows. What was left out while all were null is as good as
// stored: memory is cleared, and zeros are what nulls have.
func (c *arrowColumn) grow() {
	c.room = max(c.n+1, c.room+c.room/2, c.usual, minRoom)
	c.valid.room(c.alloc, (c.room+7)/8)
	switch {
	case c.width > 0:
		c.values.room(c.alloc, c.room*c.width)
	case c.kind == field.Bool:
		c.values.room(c.alloc, (c.room+7)/8)
	default:
		c.offsets.room(c.alloc, (c.room+1)*4)
	}
}

// null appends a null.
func (c *arrowColumn) null() {
	if c.room > 0 {
		if c.n == c.room {
			c.grow()
		}
		if c.offsets.buf != nil {
			c.putOffset(c.n+1, c.offset(c.n))
		}
	}
	c.nulls++
	c.n++
}

// next makes room for a value and marks it.
func (c *arrowColumn) next() {
	if c.n >= c.room {
		c.grow()
	}
	c.valid.buf[c.n/8] |= 1 << (c.n % 8)
}

func (c *arrowColumn) offset(i int) uint32 { return binary.NativeEndian.Uint32(c.offsets.buf[4*i:]) }

func (c *arrowColumn) putOffset(i int, at uint32) {
	binary.NativeEndian.PutUint32(c.offsets.buf[4*i:], at)
}

// append appends a value.
func (c *arrowColumn) append(v *field.Value) {
	c.next()
	switch c.kind {
	case field.Bool:
		if v.Bool() {
			c.values.buf[c.n/8] |= 1 << (c.n % 8)
		}
	case field.Uint8:
		c.values.buf[c.n] = uint8(v.Uint()) //nolint:gosec // the kind's range
	case field.Uint16:
		binary.NativeEndian.PutUint16(c.values.buf[2*c.n:], uint16(v.Uint())) //nolint:gosec // the kind's range
	case field.Uint32:
		binary.NativeEndian.PutUint32(c.values.buf[4*c.n:], uint32(v.Uint())) //nolint:gosec // the kind's range
	case field.Uint64, field.Float64, field.Time, field.Duration:
		binary.NativeEndian.PutUint64(c.values.buf[8*c.n:], v.Uint()) // Value keeps all of them as their bits
	case field.StringList:
		for _, s := range v.List() {
			c.items.appendItem(s)
		}
		c.putOffset(c.n+1, uint32(c.items.n)) //nolint:gosec // each has text, of which there is less
	default:
		c.text = appendText(c.text[:0], c.kind, v)
		c.putText(c.text)
	}
	c.n++
}

// zero appends what stands for a value that should be there.
func (c *arrowColumn) zero() {
	if c.width == 0 && c.kind != field.Bool && c.kind != field.StringList {
		c.appendItem("")
		return
	}
	var v field.Value
	c.append(&v)
}

// isFull reports that text had to be left out.
func (c *arrowColumn) isFull() bool { return c.full || c.items != nil && c.items.full }

// appendItem appends a text, such as an item of a list.
func (c *arrowColumn) appendItem(s string) {
	c.next()
	c.text = appendUTF8(c.text[:0], s)
	c.putText(c.text)
	c.n++
}

// putText stores the text of a row. One that offsets cannot reach is left out, which full
// tells.
func (c *arrowColumn) putText(text []byte) {
	from := int(c.offset(c.n))
	if from+len(text) > math.MaxInt32 {
		c.full, text = true, nil
	}
	c.values.room(c.alloc, from+len(text))
	copy(c.values.buf[from:], text)
	c.putOffset(c.n+1, uint32(from+len(text))) //nolint:gosec // see above
}

// take gives the rows away as an array, and begins anew.
func (c *arrowColumn) take(z *zeros) arrow.Array {
	data := c.data(z)
	defer data.Release()
	return array.MakeFromData(data)
}

func (c *arrowColumn) data(z *zeros) *array.Data {
	buffers := make([]*memory.Buffer, 1, 3)
	if c.nulls > 0 && c.room > 0 {
		buffers[0] = c.valid.take(c.alloc, (c.n+7)/8)
	} // else all are valid, or none is, and the mask stays for the next batch
	clear(c.valid.buf)
	var children []arrow.ArrayData
	switch {
	case c.room == 0 && c.items == nil: // texts need three buffers
		zero := z.of((c.n + 1) * 8)
		buffers[0] = zero
		for range len(c.typ.Layout().Buffers) - 1 {
			buffers = append(buffers, zero)
			zero.Retain()
		}
	case c.width > 0:
		buffers = append(buffers, c.values.take(c.alloc, c.n*c.width))
	case c.kind == field.Bool:
		buffers = append(buffers, c.values.take(c.alloc, (c.n+7)/8))
	case c.items == nil:
		used := int(c.offset(c.n))
		buffers = append(buffers, c.offsets.take(c.alloc, (c.n+1)*4), c.values.take(c.alloc, used))
	default:
		if c.room > 0 {
			buffers = append(buffers, c.offsets.take(c.alloc, (c.n+1)*4))
		} else {
			buffers[0] = z.of((c.n + 1) * 4)
			buffers = append(buffers, z.of((c.n+1)*4))
		}
		items := c.items.data(z)
		defer items.Release()
		children = append(children, items)
	}
	data := array.NewData(c.typ, c.n, buffers, children, c.nulls, 0)
	for _, b := range buffers {
		if b != nil {
			b.Release() // the data has its own reference
		}
	}
	c.usual, c.n, c.nulls, c.room, c.full = c.n, 0, 0, 0, false
	return data
}

// release frees what was not taken.
func (c *arrowColumn) release() {
	c.valid.release(c.alloc)
	c.values.release(c.alloc)
	c.offsets.release(c.alloc)
	if c.items != nil {
		c.items.release()
	}
}
