package access

import (
	"encoding/json"
	"log/slog"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const good = "a password that is good"

// cheap is the least that Argon2id can cost.
func cheap() cost { return cost{memory: 8, passes: 1, lanes: 1} }

// clock is a time that tests move.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// opened is a control over a directory, with a clock, and what it logs.
type opened struct {
	*Control
	clock *clock
	dir   string
	log   *lines
}

// lines are what was logged.
type lines struct {
	mu sync.Mutex
	b  strings.Builder
}

// Write implements io.Writer.
func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func openAt(t *testing.T, dir string) *opened {
	t.Helper()
	o := &opened{clock: &clock{at: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}, dir: dir, log: &lines{}}
	var err error
	o.Control, err = open(Config{Dir: dir, Now: o.clock.now, Token: "the token of this run", Log: slog.New(slog.NewTextHandler(o.log, nil))}, cheap())
	require.NoError(t, err)
	return o
}

// withUsers has the admin ada and the viewer vera.
func withUsers(t *testing.T) *opened {
	t.Helper()
	o := openAt(t, t.TempDir())
	require.NoError(t, o.AddUser(t.Context(), User{Name: "ada", Role: Admin}, good))
	require.NoError(t, o.AddUser(t.Context(), User{Name: "vera", Role: Viewer}, good))
	return o
}

// from is an address.
func from(ip string) Origin { return Origin{Addr: netip.MustParseAddr(ip)} }

// audited are the entries of the log.
func (o *opened) audited(t *testing.T) []Entry {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(o.dir, auditFile))
	require.NoError(t, err)
	return entries(t, string(text))
}

func entries(t *testing.T, text string) (all []Entry) {
	t.Helper()
	for line := range strings.Lines(text) {
		var e Entry
		require.NoError(t, json.Unmarshal([]byte(line), &e), line)
		all = append(all, e)
	}
	return all
}
