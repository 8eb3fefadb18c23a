//go:build unix

package capture

import (
	"context"
	"encoding/binary"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// fifo makes a named pipe and returns its path.
func fifo(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "pipe")
	require.NoError(t, syscall.Mkfifo(path, 0o600))
	return path
}

func TestAPipeIsReadUntilItIsInterrupted(t *testing.T) {
	t.Parallel()
	path := fifo(t)
	pcap := pcapFile(binary.LittleEndian, made(5))
	ctx, cancel := context.WithCancel(t.Context())
	writer := make(chan *os.File, 1)
	go func() {
		w, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err == nil {
			_, _ = w.Write(pcap)
		}
		writer <- w
	}()
	src, err := OpenInterruptible(ctx, []string{path}, ByTime)
	require.NoError(t, err)
	w := <-writer
	var b Batch
	frames := 0
	for frames < 5 {
		require.NoError(t, src.Read(&b))
		frames += len(b.Frames)
	}
	time.AfterFunc(10*time.Millisecond, cancel)
	require.ErrorIs(t, src.Read(&b), context.Canceled)
	require.Empty(t, b.Frames)
	require.ErrorIs(t, src.Read(&b), context.Canceled)
	require.Len(t, src.Interfaces(), 1)
	done, _ := src.Progress()
	require.EqualValues(t, len(pcap), done)
	require.Empty(t, src.Damage())
	require.NoError(t, src.Close())
	require.NoError(t, w.Close())
}

func TestAPipeIsReadToItsEnd(t *testing.T) {
	t.Parallel()
	path := fifo(t)
	pcap := pcapFile(binary.LittleEndian, made(5))
	go func() { _ = os.WriteFile(path, pcap[:len(pcap)-3], 0) }()
	src, err := OpenInterruptible(t.Context(), []string{path}, ByTime)
	require.NoError(t, err)
	var b Batch
	frames := 0
	for err = src.Read(&b); err == nil; err = src.Read(&b) {
		frames += len(b.Frames)
	}
	require.ErrorIs(t, err, io.EOF)
	require.Equal(t, 4, frames)
	require.Len(t, src.Damage(), 1)
	require.NoError(t, src.Close())
}

func TestOpeningIsInterrupted(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(10*time.Millisecond, cancel)
	path := fifo(t) // which nobody writes to
	_, err := OpenInterruptible(ctx, []string{path}, ByTime)
	require.ErrorIs(t, err, context.Canceled)
	w, err := os.OpenFile(path, os.O_RDWR, 0) // lets go of who still opens it
	require.NoError(t, err)
	require.NoError(t, w.Close())
}
