package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A pipe that falls silent does not hold up who interrupts: what came is shown.
func TestInterruptOfASilentPipe(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "pipe")
	require.NoError(t, syscall.Mkfifo(path, 0o600))
	capture, err := os.ReadFile(office(t))
	require.NoError(t, err)
	silent := make(chan struct{})
	defer close(silent)
	ctx, interrupt := context.WithCancel(t.Context())
	go func() {
		w, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return
		}
		_, _ = w.Write(capture) // returns when almost all is read
		time.AfterFunc(100*time.Millisecond, interrupt)
		<-silent
		_ = w.Close()
	}()
	var out, errs bytes.Buffer
	root := newRoot()
	root.SetOut(&out)
	root.SetErr(&errs)
	require.Equal(t, exitOK, executeRoot(ctx, root, []string{"read", "--limit", "1", path}))
	require.Contains(t, errs.String(), "interrupted; this is what was read so far")
	require.Contains(t, errs.String(), "\n11,251 packets, ", "all that came")
	require.Contains(t, out.String(), "files.example.net")
}
