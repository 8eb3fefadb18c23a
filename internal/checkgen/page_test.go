package main

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/check"
)

const doc = "../../docs/shipped-checks.md"

func TestPageIsCurrent(t *testing.T) {
	t.Parallel()
	want, err := page()
	require.NoError(t, err)
	got, err := os.ReadFile(doc)
	require.NoError(t, err)
	assert.Equal(t, string(want), string(got), "run go generate ./lua/checks")
	require.NoError(t, write(filepath.Join(t.TempDir(), "page.md")))
	require.ErrorContains(t, write(filepath.Join(doc, "below-a-file")), "cannot write")
}

// The settings on the page are such as the program takes: copied together, they change
// nothing.
func TestSettingsOnThePageAreTheDefaults(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(doc)
	require.NoError(t, err)
	all, err := shipped()
	require.NoError(t, err)
	seen := 0
	for _, m := range regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllSubmatch(text, -1) {
		cfg, err := check.ParseConfig(m[1])
		require.NoError(t, err)
		for name, settings := range cfg.Checks {
			seen++
			merged, err := settings.Merge(&all[name].info)
			require.NoError(t, err)
			plain, err := check.Settings{}.Merge(&all[name].info)
			require.NoError(t, err)
			assert.Equal(t, plain.Params, merged.Params, name)
		}
	}
	assert.Greater(t, seen, 30)
}
