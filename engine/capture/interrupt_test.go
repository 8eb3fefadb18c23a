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
	time.AfterFunc(50*time.Millisecond, cancel)
	var b Batch
	require.ErrorIs(t, src.Read(&b), context.Canceled)
	require.Len(t, b.Frames, 5, "what had come")
	require.ErrorIs(t, src.Read(&b), context.Canceled)
	require.Empty(t, b.Frames)
	require.Len(t, src.Interfaces(), 1)
	done, _ := src.Progress()
	require.EqualValues(t, len(pcap), done)
	require.Empty(t, src.Damage())
	require.NoError(t, src.Close())
	require.NoError(t, w.Close())
}

// Batches of a pipe are those of the file, however its bytes come.
func TestBatchesOfAPipeAreThoseOfTheFile(t *testing.T) {
	t.Parallel()
	pcap := pcapFile(binary.LittleEndian, made(9000))
	file := write(t, "x.pcap", pcap)
	sizes := func(open func() (Source, error)) (all []int) {
		src, err := open()
		require.NoError(t, err)
		var b Batch
		for err = src.Read(&b); err == nil; err = src.Read(&b) {
			all = append(all, len(b.Frames))
		}
		require.ErrorIs(t, err, io.EOF)
		require.NoError(t, src.Close())
		return all
	}
	want := sizes(func() (Source, error) { return Open(file) })
	require.Greater(t, len(want), 3)
	path := fifo(t)
	go func() {
		w, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return
		}
		for b := pcap; len(b) > 0; {
			n := min(len(b), 1000)
			_, _ = w.Write(b[:n])
			b = b[n:]
		}
		_ = w.Close()
	}()
	require.Equal(t, want, sizes(func() (Source, error) { return OpenInterruptible(t.Context(), []string{path}, ByTime) }))
}

// Who watches a pipe gets what there is.
func TestAPipeIsReadPromptly(t *testing.T) {
	t.Parallel()
	path := fifo(t)
	pcap := pcapFile(binary.LittleEndian, made(5))
	silent := make(chan struct{})
	defer close(silent)
	go func() {
		w, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return
		}
		_, _ = w.Write(pcap)
		<-silent
		_ = w.Close()
	}()
	src, err := OpenPrompt(t.Context(), path)
	require.NoError(t, err)
	var b Batch
	require.NoError(t, src.Read(&b))
	require.NotEmpty(t, b.Frames)
	require.NoError(t, src.Close())
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
	require.ErrorContains(t, err, "interrupted while nothing came")
	w, err := os.OpenFile(path, os.O_RDWR, 0) // lets go of who still opens it
	require.NoError(t, err)
	require.NoError(t, w.Close())
}
