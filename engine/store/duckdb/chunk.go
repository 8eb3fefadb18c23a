package duckdb

import (
	"fmt"
	"time"
	"unsafe"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/duckdb/duckdb-go/v2/mapping"
)

// chunkRows is what DuckDB works on at a time (STANDARD_VECTOR_SIZE).
const chunkRows = 2048

// chunk is memory of DuckDB's, a vector a column, that is filled from Arrow.
type chunk struct {
	columns []arrow.Array
	types   []mapping.LogicalType
	chunk   mapping.DataChunk
}

// newChunk makes one for the columns of an appender, which are those of the batch that are
// used; their types must fit.
func newChunk(a mapping.Appender, batch arrow.RecordBatch, used []int) (*chunk, error) {
	c := &chunk{}
	for i, at := range used {
		f := batch.Schema().Field(at)
		c.columns = append(c.columns, batch.Column(at))
		t := mapping.AppenderColumnType(a, mapping.IdxT(i)) //nolint:gosec // few
		c.types = append(c.types, t)
		if got := mapping.GetTypeId(t); got != typeOf(f.Type) {
			c.free()
			return nil, fmt.Errorf("cannot put %s into column %s, which is of another type", f.Type, f.Name)
		}
	}
	c.chunk = mapping.CreateDataChunk(c.types)
	return c, nil
}

func (c *chunk) close() {
	mapping.DestroyDataChunk(&c.chunk)
	c.free()
}

func (c *chunk) free() {
	for i := range c.types {
		mapping.DestroyLogicalType(&c.types[i])
	}
}

// typeOf is the DuckDB type that fill writes for an Arrow type.
func typeOf(t arrow.DataType) mapping.Type {
	switch t.ID() {
	case arrow.BOOL:
		return mapping.TypeBoolean
	case arrow.UINT8:
		return mapping.TypeUTinyInt
	case arrow.UINT16:
		return mapping.TypeUSmallInt
	case arrow.UINT32:
		return mapping.TypeUInteger
	case arrow.UINT64:
		return mapping.TypeBigInt
	case arrow.FLOAT64, arrow.DURATION:
		return mapping.TypeDouble
	case arrow.TIMESTAMP:
		return mapping.TypeTimestamp
	case arrow.LIST:
		return mapping.TypeList
	case arrow.STRING:
		return mapping.TypeVarchar
	default:
		return mapping.TypeInvalid
	}
}

// fill takes n rows of the batch.
func (c *chunk) fill(from, n int) {
	mapping.DataChunkReset(c.chunk)
	for i, column := range c.columns {
		v := mapping.DataChunkGetVector(c.chunk, mapping.IdxT(i)) //nolint:gosec // few
		fillNulls(v, column, from, n)
		fillValues(v, column, from, n)
	}
	mapping.DataChunkSetSize(c.chunk, mapping.IdxT(n)) //nolint:gosec // positive
}

// values is the memory of a vector; it holds chunkRows of them.
func values[T any](v mapping.Vector, n int) []T {
	return unsafe.Slice((*T)(mapping.VectorGetData(v)), n) //nolint:gosec // as large as DuckDB made it
}

func fillNulls(v mapping.Vector, column arrow.Array, from, n int) {
	if column.NullN() == 0 {
		return
	}
	mapping.VectorEnsureValidityWritable(v)
	mask := unsafe.Slice((*uint64)(mapping.VectorGetValidity(v)), chunkRows/64) //nolint:gosec // a bit a row
	for i := range n {
		if column.IsNull(from + i) {
			mask[i/64] &^= 1 << (i % 64)
		}
	}
}

func fillValues(v mapping.Vector, column arrow.Array, from, n int) {
	switch c := column.(type) {
	case *array.Boolean:
		out := values[bool](v, n)
		for i := range out {
			out[i] = c.Value(from + i)
		}
	case *array.Uint8:
		copy(values[uint8](v, n), c.Uint8Values()[from:])
	case *array.Uint16:
		copy(values[uint16](v, n), c.Uint16Values()[from:])
	case *array.Uint32:
		copy(values[uint32](v, n), c.Uint32Values()[from:])
	case *array.Uint64:
		copy(values[uint64](v, n), c.Uint64Values()[from:])
	case *array.Float64:
		copy(values[float64](v, n), c.Float64Values()[from:])
	case *array.Timestamp:
		out := values[int64](v, n)
		for i, at := range c.TimestampValues()[from : from+n] {
			out[i] = time.Unix(0, int64(at)).UnixMicro()
		}
	case *array.Duration:
		out := values[float64](v, n)
		for i, d := range c.DurationValues()[from : from+n] {
			out[i] = float64(d) / 1e9
		}
	case *array.String:
		fillText(v, c, from, n, 0)
	case *array.List:
		fillLists(v, c, from, n)
	}
}

// text is DuckDB's string (duckdb_string_t): a short one stands in it.
type text struct {
	length uint32
	inline [shortText]byte
}

const shortText = 12

// fillText writes n strings at place to of a vector. Most are short, and need no call.
func fillText(v mapping.Vector, c *array.String, from, n, to int) {
	out := values[text](v, to+n)
	for i := range n {
		if c.IsNull(from + i) {
			continue
		}
		if s := c.Value(from + i); len(s) <= shortText {
			t := text{length: uint32(len(s))} //nolint:gosec // short
			copy(t.inline[:], s)
			out[to+i] = t
		} else {
			mapping.VectorAssignStringElementLen(v, mapping.IdxT(to+i), unsafe.Slice(unsafe.StringData(s), len(s))) //nolint:gosec // it is copied
		}
	}
}

// span is DuckDB's duckdb_list_entry.
type span struct{ offset, length uint64 }

func fillLists(v mapping.Vector, c *array.List, from, n int) {
	items := c.ListValues().(*array.String) //nolint:forcetypeassert // the catalogue has no others
	first, _ := c.ValueOffsets(from)
	_, last := c.ValueOffsets(from + n - 1)
	mapping.ListVectorReserve(v, mapping.IdxT(last-first)) //nolint:gosec // in order
	mapping.ListVectorSetSize(v, mapping.IdxT(last-first)) //nolint:gosec // in order
	for i := range n {
		start, end := c.ValueOffsets(from + i)
		values[span](v, n)[i] = span{uint64(start - first), uint64(end - start)} //nolint:gosec // in order
	}
	fillText(mapping.ListVectorGetChild(v), items, int(first), int(last-first), 0)
}
