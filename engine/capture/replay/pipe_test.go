//go:build unix

package replay

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A pipe may be replayed, too; Stop does not wait until more of it comes.
func TestStopDoesNotWaitForAPipe(t *testing.T) {
	t.Parallel()
	whole, err := os.ReadFile(recorded(t, 0, time.Millisecond))
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "pipe")
	require.NoError(t, syscall.Mkfifo(path, 0o600))
	silent := make(chan struct{})
	defer close(silent)
	go func() {
		w, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return
		}
		_, _ = w.Write(whole)
		<-silent
		_ = w.Close()
	}()
	s := open(t, path, Config{})
	time.AfterFunc(100*time.Millisecond, s.Stop)
	frames, _ := play(t, s)
	require.Len(t, frames, 2)
}
