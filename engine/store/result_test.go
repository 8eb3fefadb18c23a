package store_test

import (
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/store"
)

func TestSumsAreWholeNumbersIfTheyFit(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		values []any
		want   arrow.DataType
		text   string
	}{
		{[]any{int64(1) << 62, nil, int64(-3)}, arrow.PrimitiveTypes.Int64, "[4611686018427387904 (null) -3]"},
		{[]any{int64(1), uint64(1) << 63}, arrow.PrimitiveTypes.Float64, "[1 9.223372036854776e+18]"},
		{[]any{1e30}, arrow.PrimitiveTypes.Float64, "[1e+30]"},
		{nil, arrow.PrimitiveTypes.Int64, "[]"},
	} {
		r := store.Result{Columns: []store.Column{{Name: "sum", Type: "HUGEINT"}}}
		for _, v := range c.values {
			r.Rows = append(r.Rows, []any{v})
		}
		batch := r.Record()
		require.Equal(t, c.want, batch.Column(0).DataType())
		require.Equal(t, c.text, batch.Column(0).String())
		batch.Release()
	}
}
