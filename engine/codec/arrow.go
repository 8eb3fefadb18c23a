package codec

import (
	"fmt"
	"io"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"github.com/flowloom/flowloom/engine/field"
)

// arrowRows is the number of rows in a record batch.
const arrowRows = 8192

// Schema returns the Arrow schema of the columns. Fields carry their meaning and
// unit as metadata "doc" and "unit"; the schema's "flowloom.scope" names the
// scope.
func Schema(cols Columns) *arrow.Schema {
	fields := make([]arrow.Field, len(cols.Fields))
	for i, f := range cols.Fields {
		fields[i] = arrow.Field{
			Name: f.Name, Type: arrowType(f.Kind), Nullable: f.Optional,
			Metadata: arrow.NewMetadata([]string{"doc", "unit"}, []string{f.Doc, f.Unit}),
		}
	}
	meta := arrow.NewMetadata([]string{"flowloom.scope"}, []string{cols.Scope.String()})
	return arrow.NewSchema(fields, &meta)
}

func arrowType(k field.Kind) arrow.DataType {
	switch k {
	case field.Bool:
		return arrow.FixedWidthTypes.Boolean
	case field.Uint8:
		return arrow.PrimitiveTypes.Uint8
	case field.Uint16:
		return arrow.PrimitiveTypes.Uint16
	case field.Uint32:
		return arrow.PrimitiveTypes.Uint32
	case field.Uint64:
		return arrow.PrimitiveTypes.Uint64
	case field.Float64:
		return arrow.PrimitiveTypes.Float64
	case field.StringList:
		return arrow.ListOf(arrow.BinaryTypes.String)
	case field.Time:
		return &arrow.TimestampType{Unit: arrow.Nanosecond, TimeZone: "UTC"}
	case field.Duration:
		return arrow.FixedWidthTypes.Duration_ns
	default:
		return arrow.BinaryTypes.String
	}
}

// Arrow writes an Arrow IPC stream with zstd-compressed buffers, which pyarrow,
// DuckDB and ClickHouse read.
type Arrow struct {
	cols Columns
	out  *ipc.Writer
	rows *array.RecordBuilder
	n    int
	v    field.Value
	text []byte
}

// NewArrow returns a writer of an Arrow stream; the schema is written with the
// first batch, or by Close.
func NewArrow(w io.Writer, cols Columns) (*Arrow, error) {
	schema := Schema(cols)
	return &Arrow{
		cols: cols, out: ipc.NewWriter(w, ipc.WithSchema(schema), ipc.WithZstd()),
		rows: array.NewRecordBuilder(memory.DefaultAllocator, schema),
	}, nil
}

// Write implements Writer.
func (a *Arrow) Write(r Row) error {
	for i, at := range a.cols.Index {
		a.v.Clear()
		r.Value(at, &a.v)
		a.append(a.rows.Field(i), a.cols.Fields[i].Kind)
	}
	if a.n++; a.n < arrowRows {
		return nil
	}
	return a.flush()
}

func (a *Arrow) append(b array.Builder, kind field.Kind) {
	if a.v.IsNull() {
		b.AppendNull()
		return
	}
	switch b := b.(type) {
	case *array.BooleanBuilder:
		b.Append(a.v.Bool())
	case *array.Uint8Builder:
		b.Append(uint8(a.v.Uint())) //nolint:gosec // the kind's range
	case *array.Uint16Builder:
		b.Append(uint16(a.v.Uint())) //nolint:gosec // the kind's range
	case *array.Uint32Builder:
		b.Append(uint32(a.v.Uint())) //nolint:gosec // the kind's range
	case *array.Uint64Builder:
		b.Append(a.v.Uint())
	case *array.Float64Builder:
		b.Append(a.v.Float())
	case *array.TimestampBuilder:
		b.Append(arrow.Timestamp(a.v.Int()))
	case *array.DurationBuilder:
		b.Append(arrow.Duration(a.v.Int()))
	case *array.ListBuilder:
		b.Append(true)
		values := b.ValueBuilder().(*array.StringBuilder) //nolint:forcetypeassert // the schema says so
		for _, s := range a.v.List() {
			values.Append(s)
		}
	case *array.StringBuilder:
		a.text = appendText(a.text[:0], kind, &a.v)
		b.BinaryBuilder.Append(a.text)
	}
}

func (a *Arrow) flush() error {
	batch := a.rows.NewRecordBatch()
	defer batch.Release()
	a.n = 0
	if err := a.out.Write(batch); err != nil {
		return fmt.Errorf("cannot write Arrow: %w", err)
	}
	return nil
}

// Close implements Writer.
func (a *Arrow) Close() error {
	if a.n > 0 {
		if err := a.flush(); err != nil {
			return err
		}
	}
	a.rows.Release()
	if err := a.out.Close(); err != nil {
		return fmt.Errorf("cannot write Arrow: %w", err)
	}
	return nil
}
