package store

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
)

// Record returns the result as an Arrow record batch: whole numbers of up to 64 bits as
// int64 or uint64, others as float64, times as microseconds in UTC, lists of text as such,
// all else as text. Sums, which have 128 bits, are int64 if all of a column fit. The caller
// releases it.
func (r *Result) Record() arrow.RecordBatch {
	fields := make([]arrow.Field, len(r.Columns))
	for i, c := range r.Columns {
		fields[i] = arrow.Field{Name: c.Name, Type: arrowType(c.Type), Nullable: true}
		if c.Type == "HUGEINT" && r.fits(i) {
			fields[i].Type = arrow.PrimitiveTypes.Int64
		}
	}
	b := array.NewRecordBuilder(memory.DefaultAllocator, arrow.NewSchema(fields, nil))
	defer b.Release()
	for _, row := range r.Rows {
		for i, v := range row {
			appendValue(b.Field(i), v)
		}
	}
	return b.NewRecordBatch()
}

// fits reports whether all values of a column are of 64 bits.
func (r *Result) fits(column int) bool {
	return !slices.ContainsFunc(r.Rows, func(row []any) bool {
		_, ok := row[column].(int64)
		return !ok && row[column] != nil
	})
}

func arrowType(sql string) arrow.DataType {
	switch sql {
	case "BOOLEAN":
		return arrow.FixedWidthTypes.Boolean
	case "TINYINT", "SMALLINT", "INTEGER", "BIGINT":
		return arrow.PrimitiveTypes.Int64
	case "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT":
		return arrow.PrimitiveTypes.Uint64
	case "FLOAT", "DOUBLE", "HUGEINT", "UHUGEINT", "INTERVAL":
		return arrow.PrimitiveTypes.Float64
	case "TIMESTAMP", "TIMESTAMP_NS", "TIMESTAMP_MS", "TIMESTAMP_S", "TIMESTAMPTZ", "DATE":
		return arrow.FixedWidthTypes.Timestamp_us
	case "VARCHAR[]":
		return arrow.ListOf(arrow.BinaryTypes.String)
	}
	if strings.HasPrefix(sql, "DECIMAL") {
		return arrow.PrimitiveTypes.Float64
	}
	return arrow.BinaryTypes.String
}

func appendValue(column array.Builder, v any) {
	if v == nil {
		column.AppendNull()
		return
	}
	switch c := column.(type) {
	case *array.BooleanBuilder:
		b, _ := v.(bool)
		c.Append(b)
	case *array.Int64Builder:
		n, _ := v.(int64)
		c.Append(n)
	case *array.Uint64Builder:
		n, _ := v.(uint64)
		c.Append(n)
	case *array.Float64Builder:
		c.Append(float(v))
	case *array.TimestampBuilder:
		t, _ := v.(time.Time)
		c.Append(arrow.Timestamp(t.UnixMicro()))
	case *array.ListBuilder:
		items, _ := v.([]any)
		c.Append(true)
		for _, item := range items {
			appendValue(c.ValueBuilder(), item)
		}
	case *array.StringBuilder:
		c.Append(fmt.Sprint(v))
	}
}

func float(v any) float64 {
	switch n := v.(type) {
	case float64:
		return n
	case int64:
		return float64(n)
	case uint64:
		return float64(n)
	default:
		return 0
	}
}
