//go:build unix

package access

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// inherit gives a file of root's to the owner of its directory: an engine that runs as
// another user has to read what root's command line wrote. It is only for files that were
// just made: what stands at a path may be a link that the other user put there.
func inherit(f *os.File) error {
	if os.Geteuid() != 0 {
		return nil
	}
	info, err := os.Stat(filepath.Dir(f.Name()))
	if err != nil {
		return err
	}
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return f.Chown(int(st.Uid), int(st.Gid))
	}
	return nil
}

// noFollow refuses to open a symbolic link.
const noFollow = syscall.O_NOFOLLOW

// lockPatience is how long another process may hold the lock; it takes milliseconds.
const lockPatience = 5 * time.Second

// lock keeps other processes out until unlock is called.
func lock(path string) (unlock func(), err error) {
	f, err := openOwn(path, os.O_RDWR)
	if err != nil {
		return nil, fmt.Errorf("cannot lock %s: %w", path, err)
	}
	for end := time.Now().Add(lockPatience); ; time.Sleep(5 * time.Millisecond) {
		err = unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
		if err == nil {
			return func() { _ = f.Close() }, nil // which unlocks
		}
		if !errors.Is(err, unix.EWOULDBLOCK) && !errors.Is(err, unix.EINTR) || time.Now().After(end) {
			_ = f.Close() // nothing was written
			return nil, fmt.Errorf("cannot lock %s, another process holds it: %w", path, err)
		}
	}
}
