package codec

import (
	"fmt"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"github.com/flowloom/flowloom/engine/field"
)

// MaxBatchRows is the most rows that a record batch of an Arrow stream has.
const MaxBatchRows = 8192

// Batcher collects rows as columns and gives them out as Arrow record batches.
type Batcher struct {
	cols Columns
	rows *array.RecordBuilder
	n    int
	v    field.Value
	text []byte
}

// NewBatcher returns an empty batcher. Release frees it.
func NewBatcher(cols Columns) *Batcher {
	return &Batcher{cols: cols, rows: array.NewRecordBuilder(memory.DefaultAllocator, Schema(cols))}
}

// Schema returns the schema of the batches.
func (b *Batcher) Schema() *arrow.Schema { return b.rows.Schema() }

// Len returns the number of rows that the next batch has so far.
func (b *Batcher) Len() int { return b.n }

// Append adds a row. A row without a value for a field that is not optional is
// an error of who made the row; the batch then holds a zero value there, so that
// it stays valid.
func (b *Batcher) Append(r Row) error {
	var err error
	for i, at := range b.cols.Index {
		f := &b.cols.Fields[i]
		b.v.Clear()
		r.Value(at, &b.v)
		switch {
		case !b.v.IsNull() && (f.Kind != field.IP || b.v.Addr().IsValid()):
			b.append(b.rows.Field(i), f.Kind)
		case f.Optional:
			b.rows.Field(i).AppendNull()
		default:
			b.rows.Field(i).AppendEmptyValue()
			err = fmt.Errorf("a %s has no %s, which every %[1]s must have", b.cols.Scope, f.Name)
		}
	}
	b.n++
	return err
}

func (b *Batcher) append(column array.Builder, kind field.Kind) {
	switch c := column.(type) {
	case *array.BooleanBuilder:
		c.Append(b.v.Bool())
	case *array.Uint8Builder:
		c.Append(uint8(b.v.Uint())) //nolint:gosec // the kind's range
	case *array.Uint16Builder:
		c.Append(uint16(b.v.Uint())) //nolint:gosec // the kind's range
	case *array.Uint32Builder:
		c.Append(uint32(b.v.Uint())) //nolint:gosec // the kind's range
	case *array.Uint64Builder:
		c.Append(b.v.Uint())
	case *array.Float64Builder:
		c.Append(b.v.Float())
	case *array.TimestampBuilder:
		c.Append(arrow.Timestamp(b.v.Int()))
	case *array.DurationBuilder:
		c.Append(arrow.Duration(b.v.Int()))
	case *array.ListBuilder:
		c.Append(true)
		values := c.ValueBuilder().(*array.StringBuilder) //nolint:forcetypeassert // the schema says so
		for _, s := range b.v.List() {
			b.text = appendUTF8(b.text[:0], s)
			values.BinaryBuilder.Append(b.text)
		}
	case *array.StringBuilder:
		b.text = appendText(b.text[:0], kind, &b.v)
		c.BinaryBuilder.Append(b.text)
	}
}

// Batch returns the rows appended since the last call. The caller releases it.
func (b *Batcher) Batch() arrow.RecordBatch {
	b.n = 0
	return b.rows.NewRecordBatch()
}

// Release frees the memory of rows that were not taken.
func (b *Batcher) Release() { b.rows.Release() }
