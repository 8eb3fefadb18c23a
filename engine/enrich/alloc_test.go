//go:build !race

package enrich

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestLookupsDoNotAllocate is not parallel: it counts what all goroutines allocate. The
// race detector makes pools forget at random.
func TestLookupsDoNotAllocate(t *testing.T) {
	e := benchEnricher(t)
	for name, lookup := range lookups(e) {
		require.True(t, lookup(), name)
		require.Less(t, testing.AllocsPerRun(1000, func() { lookup() }), 1.0, name)
	}
}
