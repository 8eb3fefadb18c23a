package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPage(t *testing.T) {
	t.Parallel()
	first, err := page()
	require.NoError(t, err)
	second, err := page()
	require.NoError(t, err)
	assert.Equal(t, string(first), string(second), "the page must not depend on chance")
	assert.Contains(t, string(first), "| Google | 126 | Web | Acceptable | server name, address |  |  |  |\n")
	assert.Contains(t, string(first), "| MySQL | 20 | Database | Acceptable | payload, port | 3306 |  |")
	assert.Contains(t, string(first), "SocialNetwork")
}

func TestWrite(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "protocols.md")
	require.NoError(t, write(path))
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Contains(t, string(content), "# Protocols and applications")
	require.ErrorContains(t, write(filepath.Join(path, "below-a-file")), "cannot write")
}
