package access

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"
)

// Entry is a line of the audit log. It holds no secret, nor what may be one.
type Entry struct {
	Time time.Time `json:"time"`
	// User is the name, "" for the token of a run; Via is by what it was shown.
	User string `json:"user,omitempty"`
	Via  string `json:"via,omitempty"`
	// From is the address.
	From string `json:"from,omitempty"`
	// Action is what was done: "login", or a route.
	Action string `json:"action"`
	// About is what it was done to.
	About  string `json:"about,omitempty"`
	Result Result `json:"result"`
	// Status is that of the answer over HTTP.
	Status int `json:"status,omitempty"`
}

// Result is how something ended.
type Result string

// The results.
const (
	Done   Result = "done"
	Denied Result = "denied"
	Failed Result = "failed"
)

const (
	auditFile = "audit.jsonl"
	// auditSize bounds each file, auditFiles their number: audit.jsonl, audit.jsonl.1 ...
	auditSize, auditFiles = 8 << 20, 5
)

// auditLog appends lines to a file that other processes append to, too.
type auditLog struct {
	dir   string
	size  int64
	files int
	mu    sync.Mutex
}

func newAuditLog(dir string) *auditLog {
	return &auditLog{dir: dir, size: auditSize, files: auditFiles}
}

// Record adds a line to the audit log. That it cannot be written holds nothing up, but is
// told.
func (c *Control) Record(e Entry) {
	if c.audit == nil {
		return
	}
	e.Time = c.cfg.Now().UTC()
	if err := c.audit.append(e); err != nil {
		c.cfg.Log.Error("cannot write the audit log", "error", err, "action", e.Action, "user", e.User, "from", e.From)
	}
}

// append opens the file each time: another process may have renamed it.
func (l *auditLog) append(e Entry) error {
	line, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", auditFile, err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	unlock, err := lock(filepath.Join(l.dir, auditLock))
	if err != nil {
		return err
	}
	defer unlock()
	path := filepath.Join(l.dir, auditFile)
	if info, err := os.Lstat(path); err == nil && info.Size()+int64(len(line)) >= l.size {
		if err := l.rotate(path); err != nil {
			return err
		}
	}
	f, err := openOwn(path, os.O_RDWR|os.O_APPEND)
	if err != nil {
		return err
	}
	_, err = f.Write(append(startOf(f), append(line, '\n')...))
	return errors.Join(err, f.Close())
}

// startOf ends a line that was cut off, as when the disk was full.
func startOf(f *os.File) []byte {
	last := make([]byte, 1)
	end, err := f.Seek(-1, io.SeekEnd)
	if err != nil {
		return nil // it is empty
	}
	if _, err := f.ReadAt(last, end); err == nil && last[0] != '\n' {
		return []byte("\n")
	}
	return nil
}

// auditLock keeps processes from renaming at once.
const auditLock = "audit.lock"

// rotate renames each file to the next number; the last one goes.
func (l *auditLog) rotate(path string) error {
	for n := l.files - 1; n > 0; n-- {
		from := path
		if n > 1 {
			from = path + "." + strconv.Itoa(n-1)
		}
		if err := os.Rename(from, path+"."+strconv.Itoa(n)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}
