package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/host"
	"github.com/flowloom/flowloom/internal/checkfiles"
)

// lockedBuffer is written and read by different goroutines.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// A script that changes is loaded anew; one that does not compile leaves the old one.
func TestReload(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "mine.lua")
	write := func(body string) {
		require.NoError(t, os.WriteFile(path+".new", []byte("-- @hook host\n"+body), 0o600))
		require.NoError(t, os.Rename(path+".new", path))
	}
	write("host.triggerAlert(50, 'one')")
	o := checkOptions{loader: checkfiles.Loader{Budget: time.Second}}
	list, err := o.loader.Load(filepath.Dir(path))
	require.NoError(t, err)
	r, err := check.NewRunner(list, nil, nil)
	require.NoError(t, err)
	defer r.Close()
	ctx, cancel := context.WithCancel(t.Context())
	var log lockedBuffer
	done := make(chan struct{})
	go func() {
		defer close(done)
		o.reload(ctx, r, 5*time.Millisecond, &log)
	}()
	defer func() { cancel(); <-done }()
	hosts := slices.Values([]*host.Host{new(host.Host)})
	said := func() string {
		r.Hosts(hosts, 1)
		return r.Alerts().All()[0].Message
	}
	time.Sleep(20 * time.Millisecond) // the first look
	require.Equal(t, "one", said())
	write("host.triggerAlert(50, 'twice')")
	require.Eventually(t, func() bool { return said() == "twice" }, 5*time.Second, 5*time.Millisecond)
	write("this is no Lua, not at all")
	require.Eventually(t, func() bool { return bytes.Contains([]byte(log.String()), []byte("the old version goes on")) }, 5*time.Second, 5*time.Millisecond)
	assert.Equal(t, "twice", said())
}
