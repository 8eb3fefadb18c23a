package main

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestHistoryOptions has rows of what cannot be, with what the error tells to do.
func TestHistoryOptions(t *testing.T) {
	t.Parallel()
	good := historyOptions{dir: "x", every: time.Second, days: 1, size: 1, memory: minMemory}
	require.NoError(t, good.check())
	for advice, change := range map[string]func(*historyOptions){
		"--flush":          func(o *historyOptions) { o.every = time.Millisecond },
		"--keep ":          func(o *historyOptions) { o.days = 0 },
		"--keep-size":      func(o *historyOptions) { o.size = -1 },
		"--history-memory": func(o *historyOptions) { o.memory = minMemory - 1 },
	} {
		bad := good
		change(&bad)
		require.ErrorContains(t, bad.check(), advice)
		bad.dir = ""
		require.NoError(t, bad.check(), "without history it does not matter")
	}
}
