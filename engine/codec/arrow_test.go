package codec

import (
	"bytes"
	"io"
	"math"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/field"
)

func TestSchema(t *testing.T) {
	t.Parallel()
	s := Schema(allColumns(t, field.Flow, "cli_ip", "bytes", "cli_rtt", "first_seen"))
	scope, ok := s.Metadata().GetValue("flowloom.scope")
	require.True(t, ok)
	require.Equal(t, "flow", scope)
	require.Equal(t, arrow.BinaryTypes.String, s.Field(0).Type)
	unit, _ := s.Field(1).Metadata.GetValue("unit")
	require.Equal(t, "bytes", unit)
	doc, _ := s.Field(1).Metadata.GetValue("doc")
	require.Equal(t, field.Of(field.Flow)[field.Index(field.Flow, "bytes")].Doc, doc)
	require.False(t, s.Field(1).Nullable)
	require.Equal(t, "duration[ns]", s.Field(2).Type.String())
	require.True(t, s.Field(2).Nullable)
	require.Equal(t, "timestamp[ns, tz=UTC]", s.Field(3).Type.String())
}

// TestArrowRoundTrip reads everything back by the Arrow IPC reader.
func TestArrowRoundTrip(t *testing.T) {
	t.Parallel()
	for _, scope := range field.Scopes() {
		rows := randomRows(t, scope, 700)
		cols := allColumns(t, scope)
		var out bytes.Buffer
		w, err := NewArrow(&out, cols, BatchRows(256))
		require.NoError(t, err)
		writeAll(t, w, rows)

		reader, err := ipc.NewReader(&out)
		require.NoError(t, err)
		require.True(t, reader.Schema().Equal(Schema(cols)))
		require.Equal(t, Schema(cols).Metadata(), reader.Schema().Metadata())
		var batches []int64
		for n := 0; reader.Next(); {
			batch := reader.RecordBatch()
			batches = append(batches, batch.NumRows())
			for at := range int(batch.NumRows()) {
				for i, f := range cols.Fields {
					requireArrow(t, &f, &rows[n][i], batch.Column(i), at)
				}
				n++
			}
		}
		require.NoError(t, reader.Err())
		require.Equal(t, []int64{256, 256, 188}, batches)
		reader.Release()
	}
}

func requireArrow(t *testing.T, f *field.Field, v *field.Value, column arrow.Array, at int) {
	t.Helper()
	require.Equal(t, v.IsNull(), column.IsNull(at), f.Name)
	if v.IsNull() {
		return
	}
	switch c := column.(type) {
	case *array.Boolean:
		require.Equal(t, v.Bool(), c.Value(at), f.Name)
	case *array.Uint8:
		require.Equal(t, v.Uint(), uint64(c.Value(at)), f.Name)
	case *array.Uint16:
		require.Equal(t, v.Uint(), uint64(c.Value(at)), f.Name)
	case *array.Uint32:
		require.Equal(t, v.Uint(), uint64(c.Value(at)), f.Name)
	case *array.Uint64:
		require.Equal(t, v.Uint(), c.Value(at), f.Name)
	case *array.Float64:
		require.Equal(t, math.Float64bits(v.Float()), math.Float64bits(c.Value(at)), f.Name)
	case *array.Timestamp:
		require.Equal(t, v.Int(), int64(c.Value(at)), f.Name)
	case *array.Duration:
		require.Equal(t, v.Int(), int64(c.Value(at)), f.Name)
	case *array.List:
		from, to := c.ValueOffsets(at)
		got := []string{}
		for i := from; i < to; i++ {
			got = append(got, c.ListValues().(*array.String).Value(int(i)))
		}
		want := []string{}
		for _, s := range v.List() {
			want = append(want, repaired(s))
		}
		require.Equal(t, want, got, f.Name)
	case *array.String:
		require.Equal(t, string(appendText(nil, f.Kind, v)), c.Value(at), f.Name)
	default:
		require.Fail(t, "unexpected column", "%s is %T", f.Name, c)
	}
}

func TestArrowWithoutRowsIsAStream(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	w, err := NewArrow(&out, allColumns(t, field.Host))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	reader, err := ipc.NewReader(&out)
	require.NoError(t, err)
	require.False(t, reader.Next())
	require.NoError(t, reader.Err())
	require.Equal(t, len(field.Of(field.Host)), reader.Schema().NumFields())
}

func TestArrowFullBatchReachesTheReader(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	w, err := NewArrow(&out, allColumns(t, field.Host), BatchRows(2))
	require.NoError(t, err)
	rows := randomRows(t, field.Host, 2)
	require.NoError(t, w.Write(rows[0]))
	require.Zero(t, out.Len())
	require.NoError(t, w.Write(rows[1]))
	reader, err := ipc.NewReader(bytes.NewReader(out.Bytes()))
	require.NoError(t, err)
	require.True(t, reader.Next(), "a full batch is written before Close")
	require.EqualValues(t, 2, reader.RecordBatch().NumRows())
	require.NoError(t, w.Close())
}

func TestArrowBatchRowsOutOfRange(t *testing.T) {
	t.Parallel()
	for _, n := range []int{-1, 0, MaxBatchRows + 1} {
		_, err := NewArrow(io.Discard, allColumns(t, field.Flow), BatchRows(n))
		require.ErrorContains(t, err, "use 1 to 8192")
	}
}

func TestArrowRequiredFieldWithoutValue(t *testing.T) {
	t.Parallel()
	w, err := NewArrow(io.Discard, allColumns(t, field.Flow, "cli_ip"))
	require.NoError(t, err)
	require.ErrorContains(t, w.Write(rowOf(t, field.Flow, nil)), "a flow has no cli_ip, which every flow must have")
	require.ErrorContains(t, w.Close(), "cli_ip")
}

func TestBatcherStaysValidAfterAnError(t *testing.T) {
	t.Parallel()
	b := NewBatcher(allColumns(t, field.Flow, "bytes", "cli_ip", "tunnel"))
	defer b.Release()
	require.Error(t, b.Append(rowOf(t, field.Flow, map[string]func(*field.Value){"bytes": uintValue(3)})))
	require.NoError(t, b.Append(rowOf(t, field.Flow, map[string]func(*field.Value){"bytes": uintValue(4), "cli_ip": addr("::1")})))
	require.Equal(t, 2, b.Len())
	batch := b.Batch()
	defer batch.Release()
	require.Zero(t, b.Len())
	require.EqualValues(t, 2, batch.NumRows())
	require.Equal(t, []uint64{3, 4}, batch.Column(0).(*array.Uint64).Uint64Values())
	require.Zero(t, batch.Column(1).NullN())
	require.Equal(t, 2, batch.Column(2).NullN())
}

func BenchmarkArrow(b *testing.B) {
	w, err := NewArrow(io.Discard, allColumns(b, field.Flow))
	require.NoError(b, err)
	r := benchRow(b, field.Flow)
	b.ReportAllocs()
	for b.Loop() {
		_ = w.Write(r)
	}
}
