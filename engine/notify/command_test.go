package notify

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestCommandGetsTheAlert(t *testing.T) { //nolint:paralleltest // it sets the environment
	t.Setenv("FLOWLOOM_TEST_TOKEN", "not for others")
	out := filepath.Join(t.TempDir(), "out")
	n := started(t, Recipient{Name: "cmd", Command: &Command{Run: []string{"sh", "-c", `cat > "$1"; env >> "$1"`, "sh", out}}})
	e := event(1)
	e.Message = "$(touch " + out + ".pwned); `id`\nsecond line"
	n.Tell(e)
	eventually(t, func() bool { return n.Stats()[0].Sent == 1 })
	text, err := os.ReadFile(out)
	require.NoError(t, err)
	line, environment, _ := strings.Cut(string(text), "\n")
	var got map[string]any
	require.NoError(t, json.Unmarshal([]byte(line), &got))
	require.Equal(t, e.Message, got["message"])
	require.NoFileExists(t, out+".pwned", "there is no shell between")
	require.Contains(t, environment, "PATH=")
	require.NotContains(t, environment, "FLOWLOOM_TEST_TOKEN")
}

func TestCommandHangs(t *testing.T) {
	t.Parallel()
	marker := filepath.Join(t.TempDir(), "marker")
	// What it starts ends with it, and its child holds the output meanwhile.
	hanging := []string{"sh", "-c", `sleep 2 && touch "$1" & sleep 60`, "sh", marker}
	n := started(t, Recipient{Name: "cmd", Timeout: 200 * time.Millisecond, Command: &Command{Run: hanging}})
	begin := time.Now()
	n.Tell(event(1))
	eventually(t, func() bool { return n.Stats()[0].Failed > 0 })
	require.Less(t, time.Since(begin), 2*time.Second)
	require.Contains(t, n.Stats()[0].LastError, "it took too long and was ended")
	require.Error(t, closed(n, 10*time.Millisecond))
	time.Sleep(2200*time.Millisecond - time.Since(begin))
	require.NoFileExists(t, marker)
}

func TestCommandFails(t *testing.T) {
	t.Parallel()
	n := started(t, Recipient{Name: "cmd", Command: &Command{Run: []string{"sh", "-c", "echo no pager >&2; exit 3"}}})
	n.Tell(event(1))
	eventually(t, func() bool { return n.Stats()[0].Failing })
	require.Contains(t, n.Stats()[0].LastError, "exit status 3: no pager")
}

func TestTailIsBounded(t *testing.T) {
	t.Parallel()
	var w tail
	for range 100 {
		_, _ = w.Write([]byte(strings.Repeat("x", 1000) + "end"))
	}
	require.Len(t, w.text, maxReason)
	require.True(t, strings.HasSuffix(string(w.text), "end"))
}
