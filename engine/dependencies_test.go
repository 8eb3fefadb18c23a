package engine_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestDependenciesHaveTheirReason holds docs/dependencies.md against what is asked for of
// others' modules, here and in Python: each is in it.
func TestDependenciesHaveTheirReason(t *testing.T) {
	t.Parallel()
	read := func(path string) string {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		return string(text)
	}
	page := read("../docs/dependencies.md")
	direct := regexp.MustCompile(`(?m)^\t(\S+) v\S+$`).FindAllStringSubmatch(read("../go.mod"), -1)
	require.Greater(t, len(direct), 20)
	for _, m := range direct {
		require.Contains(t, page, regexp.MustCompile(`/v\d+$`).ReplaceAllString(m[1], ""), "docs/dependencies.md")
	}
	python := regexp.MustCompile(`(?m)^([a-z0-9-]+)==`).FindAllStringSubmatch(read("../internal/setup/requirements.txt"), -1)
	require.Greater(t, len(python), 20)
	words := strings.FieldsFunc(page, func(r rune) bool { return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz0123456789-", r) })
	for _, m := range python {
		require.Contains(t, words, m[1], "docs/dependencies.md")
	}
}
