package store

import (
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"github.com/flowloom/flowloom/engine/codec"
	"github.com/flowloom/flowloom/engine/field"
)

// AlertRows makes rows of alerts that changed, records of field.Alert, if there are any;
// noted is when.
func AlertRows(alerts []codec.Row, noted time.Time) []Rows {
	if len(alerts) == 0 {
		return nil
	}
	cols, err := codec.Select(field.Alert, nil)
	if err != nil {
		panic(err) // all fields can be selected
	}
	batcher := codec.NewBatcher(cols)
	defer batcher.Release()
	times := array.NewTimestampBuilder(memory.DefaultAllocator, &arrow.TimestampType{Unit: arrow.Nanosecond, TimeZone: "UTC"})
	defer times.Release()
	for _, a := range alerts {
		_ = batcher.Append(a) // every alert has all fields
		times.Append(arrow.Timestamp(noted.UnixNano()))
	}
	batch := batcher.Batch()
	defer batch.Release()
	fields := append(batch.Schema().Fields(), arrow.Field{Name: "noted", Type: arrow.FixedWidthTypes.Timestamp_ns})
	columns := append(batch.Columns(), times.NewArray())
	return []Rows{{Changes, array.NewRecordBatch(arrow.NewSchema(fields, nil), columns, batch.NumRows())}}
}
