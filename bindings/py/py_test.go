package py_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/bindings/py"
	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/internal/tracegen"
)

// office writes the first packets of the office's capture, and returns its path in JSON.
func office(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "office.pcap")
	out, err := os.Create(path) //nolint:gosec // the test's own
	require.NoError(t, err)
	var w *capture.Writer
	for _, s := range tracegen.Scenarios() {
		if s.Name != "office" {
			continue
		}
		frames, err := s.Frames(tracegen.Options{})
		require.NoError(t, err)
		n := 0
		for f := range frames {
			if w == nil {
				w = capture.NewWriter(out, f.Link)
			}
			require.NoError(t, w.WriteFrame(f))
			if n++; n == 500 {
				break
			}
		}
	}
	require.NoError(t, out.Close())
	return `"` + path + `"`
}

// Questions are answered once, and only those that were asked: the process of another language
// does not survive a panic.
func TestQuestions(t *testing.T) {
	t.Parallel()
	s, err := py.Open(`{"sources": [` + office(t) + `], "no_flows": true, "functions": [{"name": "f", "hooks": ["flow_end"]}]}`)
	require.NoError(t, err)
	defer s.Close()
	unasked := func() {
		require.Zero(t, s.Subjects())
		require.Equal(t, -1, s.Function())
		require.ErrorContains(t, s.Alert(0, 100, "x"), "not asked")
		require.ErrorContains(t, s.Columns("bytes", 0, 0), "not asked")
		s.Done()
	}
	unasked()
	asked := 0
	for {
		what, err := s.Next(-1, 0, 0)
		require.NoError(t, err)
		if what == py.End {
			break
		}
		require.Equal(t, py.Question, what)
		require.Positive(t, s.Subjects())
		require.Zero(t, s.Function())
		require.ErrorContains(t, s.Alert(0, 256+50, "x"), "1 to 255")
		require.NoError(t, s.Alert(0, 50, "x"))
		s.Done()
		unasked()
		asked++
	}
	require.Positive(t, asked)
	require.ErrorContains(t, s.Rows("nothing", 0, 0), "no rows of kind")
}
