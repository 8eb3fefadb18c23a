package codec

import (
	"math/rand/v2"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/field"
)

// build is what the library's builders make of the values.
func build(alloc memory.Allocator, kind field.Kind, values []field.Value) arrow.Array {
	b := array.NewBuilder(alloc, arrowType(kind))
	defer b.Release()
	for i := range values {
		v := &values[i]
		if v.IsNull() {
			b.AppendNull()
			continue
		}
		switch c := b.(type) {
		case *array.BooleanBuilder:
			c.Append(v.Bool())
		case *array.Uint8Builder:
			c.Append(uint8(v.Uint()))
		case *array.Uint16Builder:
			c.Append(uint16(v.Uint()))
		case *array.Uint32Builder:
			c.Append(uint32(v.Uint()))
		case *array.Uint64Builder:
			c.Append(v.Uint())
		case *array.Float64Builder:
			c.Append(v.Float())
		case *array.TimestampBuilder:
			c.Append(arrow.Timestamp(v.Int()))
		case *array.DurationBuilder:
			c.Append(arrow.Duration(v.Int()))
		case *array.ListBuilder:
			c.Append(true)
			for _, s := range v.List() {
				c.ValueBuilder().(*array.StringBuilder).Append(string(appendUTF8(nil, s))) //nolint:forcetypeassert // of strings
			}
		case *array.StringBuilder:
			c.Append(string(appendText(nil, kind, v)))
		}
	}
	return b.NewArray()
}

// Columns are what the library's builders make, whatever is null and however often a column
// is used again, and give all their memory back.
func TestColumnsAreAsTheLibraryBuildsThem(t *testing.T) {
	t.Parallel()
	alloc := memory.NewCheckedAllocator(memory.DefaultAllocator)
	defer alloc.AssertSize(t, 0)
	rng := rand.New(rand.NewPCG(1, 2))
	for kind := field.Bool; kind <= field.Duration; kind++ {
		c, z := newArrowColumn(alloc, kind), &zeros{alloc: alloc}
		for _, nulls := range []float64{0, 1, 0.5, 0.01, 0.99, 1, 0} {
			for _, n := range []int{0, 1, 7, 8, 9, 500} {
				values := make([]field.Value, n)
				for i := range values {
					if rng.Float64() >= nulls {
						randomValue(&values[i], kind, rng)
						c.append(&values[i])
					} else {
						c.null()
					}
				}
				want, got := build(alloc, kind, values), c.take(z)
				require.True(t, array.Equal(want, got), "%s, %d rows, %v null:\n%v\n%v", kind, n, nulls, want, got)
				require.Equal(t, want.NullN(), got.NullN())
				want.Release()
				got.Release()
			}
		}
		c.release()
		z.release()
	}
}

// Many rows at once, two columns at a time, are the same as one after the other.
func TestAppendAll(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(3, 4))
	rows := make([]fakeRow, 3*fewForTwo)
	for i := range rows {
		rows[i] = randomRow(field.Flow, rng)
	}
	cols, err := Select(field.Flow, nil)
	require.NoError(t, err)
	one, all := NewBatcher(cols), NewBatcher(cols)
	for _, r := range rows {
		require.NoError(t, one.Append(r))
	}
	require.NoError(t, AppendAll(all, rows))
	require.Equal(t, len(rows), all.Len())
	want, got := one.Batch(), all.Batch()
	require.True(t, array.RecordEqual(want, got))
	want.Release()
	got.Release()
	one.Release()
	all.Release()
}

func BenchmarkAppendAll(b *testing.B) {
	rng := rand.New(rand.NewPCG(5, 6))
	rows := make([]fakeRow, 128)
	for i := range rows {
		rows[i] = randomRow(field.Flow, rng)
	}
	cols, err := Select(field.Flow, nil)
	require.NoError(b, err)
	out := NewBatcher(cols)
	defer out.Release()
	b.ReportAllocs()
	for b.Loop() {
		if err := AppendAll(out, rows); err != nil {
			b.Fatal(err)
		}
		if out.Len() >= MaxBatchRows {
			out.Batch().Release()
		}
	}
}
