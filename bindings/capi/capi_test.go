package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/bindings/surface"
	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/internal/tracegen"
)

// office writes the office's capture and returns its path.
func office(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "office.pcap")
	for _, s := range tracegen.Scenarios() {
		if s.Name != "office" {
			continue
		}
		frames, err := s.Frames(tracegen.Options{})
		require.NoError(t, err)
		var b bytes.Buffer
		var w *capture.Writer
		for f := range frames {
			if w == nil {
				w = capture.NewWriter(&b, f.Link)
			}
			require.NoError(t, w.WriteFrame(f))
		}
		require.NoError(t, os.WriteFile(path, b.Bytes(), 0o600))
	}
	return path
}

func run(t *testing.T, env []string, name string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Env = append(cmd.Environ(), env...)
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s %s\n%s", name, strings.Join(args, " "), out)
	return string(out)
}

// TestFromC compiles programs in C against the header, as C and as C++, and runs them under
// AddressSanitizer and LeakSanitizer, which see every malloc of both sides.
func TestFromC(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	run(t, nil, "go", "build", "-buildmode=c-shared", "-o", filepath.Join(dir, "libflowloom.so"), ".")
	flags := []string{"-Wall", "-Wextra", "-Werror", "-g", "-fsanitize=address", "-fno-omit-frame-pointer", "-I."}
	link := []string{"-L" + dir, "-lflowloom", "-Wl,-rpath," + dir}
	path := office(t)
	for source, want := range map[string]string{
		"flows":  "437 flows, 5555654 bytes\n51 hosts\n",
		"misuse": "0 wrong\n",
	} {
		program := filepath.Join(dir, source)
		run(t, nil, "gcc", append(append([]string{"-std=c11", "-o", program, "example/" + source + ".c"}, flags...), link...)...)
		out := run(t, []string{"ASAN_OPTIONS=detect_leaks=1:exitcode=23"}, program, path)
		assert.Contains(t, out, want)
		assert.NotContains(t, out, "LeakSanitizer")
	}
	header := filepath.Join(dir, "header.cc")
	require.NoError(t, os.WriteFile(header, []byte("#include \"flowloom.h\"\nint main() { return flowloom_handles() != 0; }\n"), 0o600))
	run(t, nil, "g++", append([]string{"-Wall", "-Wextra", "-Werror", "-I.", header, "-o", filepath.Join(dir, "header")}, link...)...)
	run(t, nil, filepath.Join(dir, "header"))
}

// Handles are never given out twice, from whichever goroutine, and know their kind.
func TestHandles(t *testing.T) {
	t.Parallel()
	h := handles{all: make(map[uint64]any)}
	var mu sync.Mutex
	seen := make(map[uint64]bool)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 1000 {
				id := h.add("x")
				h.remove(id)
				mu.Lock()
				assert.False(t, seen[id])
				seen[id] = true
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	assert.Zero(t, h.len())
	id := table.add("text")
	defer table.remove(id)
	_, err := lookup[*session](id)
	require.ErrorIs(t, err, surface.ErrClosed)
	_, err = lookup[string](id)
	require.NoError(t, err)
	_, err = lookup[string](0)
	require.ErrorIs(t, err, surface.ErrClosed)
}
