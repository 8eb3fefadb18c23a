package surface

import (
	"encoding/json"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What is said waits for the caller, who gets it once; how much waits is bounded.
func TestSaid(t *testing.T) {
	t.Parallel()
	var l lines
	log := slog.New(said{lines: &l})
	take := func() (all []Line) {
		text, err := l.take()
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(text, &all))
		return all
	}
	log.With("check", "mine").Info("check says", "text", "one")
	log.With("check", "other").Warn("check failed", "text", "two")
	assert.Equal(t, []Line{{Check: "mine", Text: "one"}, {Check: "other", Failed: true, Text: "two"}}, take())
	assert.Equal(t, []Line{}, take())
	for range maxLines + 1 {
		log.Info("check says", "text", "x")
	}
	assert.Len(t, take(), maxLines)
	for range 5 {
		log.Info("check says", "text", strings.Repeat("x", maxText/4))
	}
	assert.Len(t, take(), 4)
}
