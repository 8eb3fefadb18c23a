package codec

import (
	"bufio"
	"fmt"
	"io"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/ipc"

	"github.com/flowloom/flowloom/engine/field"
)

// Schema returns the Arrow schema of the columns. Fields carry their meaning and
// unit as metadata "doc" and "unit"; the schema's "flowloom.scope" names the
// scope. A field is nullable when it is optional in the catalogue.
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
		return arrow.FixedWidthTypes.Timestamp_ns // its zone is UTC
	case field.Duration:
		return arrow.FixedWidthTypes.Duration_ns
	default: // String, IP and MAC are text
		return arrow.BinaryTypes.String
	}
}

// Arrow writes an Arrow IPC stream with zstd-compressed buffers, which pyarrow,
// DuckDB and ClickHouse read.
type Arrow struct {
	buf  *bufio.Writer
	out  *ipc.Writer
	rows *Batcher
	max  int
	err  error
}

// ArrowOption sets an option of NewArrow.
type ArrowOption func(*Arrow)

// BatchRows sets how many rows make a record batch, 1 to MaxBatchRows, which is
// also the default. Fewer rows reach a live reader sooner and compress worse.
func BatchRows(n int) ArrowOption { return func(a *Arrow) { a.max = n } }

// NewArrow returns a writer of an Arrow stream; the schema is written with the
// first batch, or by Close.
func NewArrow(w io.Writer, cols Columns, options ...ArrowOption) (*Arrow, error) {
	a := &Arrow{buf: bufio.NewWriterSize(w, flushAt), max: MaxBatchRows}
	for _, set := range options {
		set(a)
	}
	if a.max < 1 || a.max > MaxBatchRows {
		return nil, fmt.Errorf("cannot write Arrow in batches of %d rows: use 1 to %d", a.max, MaxBatchRows)
	}
	a.rows = NewBatcher(cols)
	a.out = ipc.NewWriter(a.buf, ipc.WithSchema(a.rows.Schema()), ipc.WithZstd())
	return a, nil
}

// Write implements Writer.
func (a *Arrow) Write(r Row) error {
	if a.err == nil {
		a.fail(a.rows.Append(r))
	}
	if a.err == nil && a.rows.Len() >= a.max {
		a.flush()
	}
	return a.err
}

func (a *Arrow) flush() {
	batch := a.rows.Batch()
	defer batch.Release()
	a.fail(a.out.Write(batch))
	if a.err == nil {
		a.fail(a.buf.Flush())
	}
}

func (a *Arrow) fail(err error) {
	if a.err == nil && err != nil {
		a.err = fmt.Errorf("cannot write Arrow: %w", err)
	}
}

// Close implements Writer.
func (a *Arrow) Close() error {
	defer a.rows.Release()
	if a.err == nil && a.rows.Len() > 0 {
		a.flush()
	}
	if a.err != nil {
		return a.err
	}
	a.fail(a.out.Close())
	a.fail(a.buf.Flush())
	return a.err
}
