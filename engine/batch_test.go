package engine

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"
)

// Workers handle neighbours in a batch: no cache line may hold two of them.
func TestItemsFillCacheLines(t *testing.T) {
	t.Parallel()
	require.Zero(t, reflect.TypeFor[item]().Size()%64)
}
