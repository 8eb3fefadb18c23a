package scripts

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/check"
)

// Settings that every check has leave no room for parameters of their names.
func TestParamNamedScore(t *testing.T) {
	t.Parallel()
	f, err := Open(t.TempDir(), compile)
	require.NoError(t, err)
	require.NotPanics(t, func() {
		var unkept *UnkeptError
		require.ErrorAs(t, f.Keep("mine", check.Settings{Params: map[string]any{"score": 7.0}}), &unkept)
	})
}
