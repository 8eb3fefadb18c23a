package store

import (
	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
)

// Sample is a point of a series.
type Sample struct {
	// Time is the end of the step, in nanoseconds since the Unix epoch.
	Time int64
	// Step is what the point covers, in seconds.
	Step uint32
	// Schema names the series as ntopng does: iface:traffic, host:ndpi ...
	Schema string
	// Interface is the number of the interface that it is about.
	Interface uint16
	// Host and Item tell series of a schema apart: the host's address; a protocol, a local
	// network, a check;
	// empty where the schema has none.
	Host, Item string
	Metric     string
	// Value is what a counter gained in the step, or how a gauge stood.
	Value float64
}

// samplesSchema is that of the table of samples.
func samplesSchema() *arrow.Schema {
	return arrow.NewSchema([]arrow.Field{
		{Name: "time", Type: arrow.FixedWidthTypes.Timestamp_ns},
		{Name: "step", Type: arrow.PrimitiveTypes.Uint32},
		{Name: "schema", Type: arrow.BinaryTypes.String},
		{Name: "interface_id", Type: arrow.PrimitiveTypes.Uint16},
		{Name: "host", Type: arrow.BinaryTypes.String},
		{Name: "item", Type: arrow.BinaryTypes.String},
		{Name: "metric", Type: arrow.BinaryTypes.String},
		{Name: "value", Type: arrow.PrimitiveTypes.Float64},
	}, nil)
}

// SampleRows makes rows of samples, if there are any.
func SampleRows(samples []Sample) []Rows {
	if len(samples) == 0 {
		return nil
	}
	b := array.NewRecordBuilder(memory.DefaultAllocator, samplesSchema())
	defer b.Release()
	texts := [...]int{2, 4, 5, 6}
	for i := range samples {
		s := &samples[i]
		b.Field(0).(*array.TimestampBuilder).Append(arrow.Timestamp(s.Time)) //nolint:forcetypeassert // the schema says so
		b.Field(1).(*array.Uint32Builder).Append(s.Step)                     //nolint:forcetypeassert // as above
		b.Field(3).(*array.Uint16Builder).Append(s.Interface)                //nolint:forcetypeassert // as above
		for k, text := range [...]string{s.Schema, s.Host, s.Item, s.Metric} {
			b.Field(texts[k]).(*array.StringBuilder).Append(text) //nolint:forcetypeassert // as above
		}
		b.Field(7).(*array.Float64Builder).Append(s.Value) //nolint:forcetypeassert // as above
	}
	return []Rows{{Samples, b.NewRecordBatch()}}
}
