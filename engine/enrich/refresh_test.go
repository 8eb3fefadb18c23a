package enrich

import (
	"io"
	"log/slog"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func textLog(w io.Writer) *slog.Logger { return slog.New(slog.NewTextHandler(w, nil)) }

// rewrite changes a file, with a time of change of its own.
func rewrite(t *testing.T, path, text string, age time.Duration) {
	t.Helper()
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	when := time.Now().Add(-age)
	require.NoError(t, os.Chtimes(path, when, when))
}

func TestRefresh(t *testing.T) {
	t.Parallel()
	path := write(t, "bad.txt", "192.0.2.1")
	var log strings.Builder
	e := open(t, Config{Lists: []List{{Path: path}}, Log: textLog(&log)})
	before := e.current.Load()
	require.NoError(t, e.Refresh())
	assert.Same(t, before, e.current.Load(), "nothing changed")

	rewrite(t, path, "192.0.2.2", time.Hour)
	require.NoError(t, e.Refresh())
	assert.Empty(t, ask(e, "192.0.2.1"))
	assert.Equal(t, "bad", ask(e, "192.0.2.2"))

	require.NoError(t, os.Remove(path))
	for range 3 {
		require.ErrorContains(t, e.Refresh(), "cannot use the list "+path)
	}
	assert.Equal(t, "bad", ask(e, "192.0.2.2"), "the old content stays")
	assert.Equal(t, 1, strings.Count(log.String(), "cannot be read"), "each reason once")
	assert.Equal(t, uint64(1), e.Counters()[2].Value)

	rewrite(t, path, "no list at all", 2*time.Hour)
	require.ErrorIs(t, e.Refresh(), errNotUnderstood)
	assert.Equal(t, "bad", ask(e, "192.0.2.2"))
	assert.Equal(t, uint64(2), e.Counters()[2].Value)

	rewrite(t, path, "192.0.2.3", 3*time.Hour)
	require.NoError(t, e.Refresh())
	assert.Equal(t, "bad", ask(e, "192.0.2.3"))
}

func TestOpenErrors(t *testing.T) {
	t.Parallel()
	big := write(t, "big.txt", "192.0.2.1 # and more")
	for want, cfg := range map[string]Config{
		"cannot use the list /nowhere/x.txt":    {Lists: []List{{Path: "/nowhere/x.txt"}}},
		"cannot use the database /nowhere/x":    {Databases: []string{"/nowhere/x"}},
		"is it an .mmdb file":                   {Databases: []string{big}},
		"file of local networks /nowhere":       {LocalNetFiles: []string{"/nowhere"}},
		"file of MAC vendors /nowhere":          {VendorFiles: []string{"/nowhere"}},
		"docs/enrichment.md shows":              {VendorFiles: []string{big}},
		"no regular file":                       {Lists: []List{{Path: t.TempDir()}}},
		"it has 20 bytes, more than the limit":  {Lists: []List{{Path: big}}, MaxFileSize: 19},
		"cannot keep -1 entries":                {MaxEntries: -1},
		"cannot keep 16777217 entries":          {MaxEntries: maxMaxEntries + 1},
		"cannot read files of up to -1 bytes":   {MaxFileSize: -1},
		"correct the path, or leave the file o": {Lists: []List{{Path: "/nowhere/x.txt"}}},
	} {
		if cfg.VendorFiles == nil {
			cfg.VendorFiles = []string{write(t, "manuf", "")}
		}
		var log strings.Builder
		cfg.Log = textLog(&log)
		_, err := Open(cfg)
		assert.ErrorContains(t, err, want, want)
		assert.Empty(t, log.String(), "the error is enough")
	}
}

// TestFoundFileIsNoError has a file of the system that makes no sense.
func TestFoundFileIsNoError(t *testing.T) {
	t.Parallel()
	e := open(t, Config{})
	e.vendors = append(e.vendors, &file[vendors]{
		path: write(t, "manuf", "what is this"), found: true,
		read: func(r io.Reader) (*vendors, faults, error) { return readVendors(r, 9) },
	})
	require.NoError(t, e.Refresh())
	assert.Equal(t, uint64(1), e.Counters()[2].Value)
}

// TestWatch reads while the content is swapped: the race detector looks on.
func TestWatch(t *testing.T) {
	t.Parallel()
	path := write(t, "bad.txt", "192.0.2.1")
	e := open(t, Config{Lists: []List{{Path: path}}})
	var watcher sync.WaitGroup
	watcher.Go(func() { e.Watch(t.Context(), time.Millisecond) })
	t.Cleanup(watcher.Wait)
	rewrite(t, path, "192.0.2.2\n192.0.2.3", time.Hour)
	require.Eventually(t, func() bool { return ask(e, "192.0.2.3") == "bad" }, 10*time.Second, time.Millisecond)
}
