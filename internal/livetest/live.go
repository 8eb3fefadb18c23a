// Package livetest runs an engine over the office's capture as if it were live, for tests of
// what answers while an engine runs.
package livetest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/check/native"
	"github.com/flowloom/flowloom/engine/dpi"
	"github.com/flowloom/flowloom/engine/flow"
	"github.com/flowloom/flowloom/engine/store"
	"github.com/flowloom/flowloom/engine/store/duckdb"
	"github.com/flowloom/flowloom/internal/tracegen"
)

// held is a capture that goes on in silence when it is at its end.
type held struct {
	capture.Source
	last   int64
	quiet  atomic.Int64 // reads since its end
	ahead  atomic.Int64 // of the clock, once in silence
	closed atomic.Bool
}

func (h *held) Read(b *capture.Batch) error {
	err := h.Source.Read(b)
	for _, f := range b.Frames {
		h.last = max(h.last, f.Time)
	}
	if !errors.Is(err, io.EOF) || h.closed.Load() {
		return err
	}
	time.Sleep(time.Millisecond)
	h.quiet.Add(1)
	b.Now = h.last + h.ahead.Load()
	return nil
}

// nowhere is a sink for flows that nobody asks for.
type nowhere struct{}

func (nowhere) Flow(*flow.Record) error { return nil }

// Live is an engine that has seen the whole capture and runs on in silence, with its history.
type Live struct {
	Engine    *engine.Engine
	History   *duckdb.DB
	Protocols *dpi.Registry
	// Frames is what was captured, Capture a pcap file of it.
	Frames  []capture.Frame
	Capture []byte
	source  *held
	done    chan error
	// closers end what runs, the last first.
	closers []func() error
}

// Start runs an engine until the test ends. All frames are read and counted when it
// returns; flows that were not closed go on.
func Start(t *testing.T) *Live {
	t.Helper()
	l, err := Open(t.Context(), t.TempDir())
	require.NoError(t, err)
	t.Cleanup(func() {
		if err := l.Close(); !errors.Is(err, t.Context().Err()) {
			require.NoError(t, err)
		}
	})
	return l
}

// Open runs an engine until the context ends or [Live.Close] is called, with its history in
// dir, as Start does.
func Open(ctx context.Context, dir string) (*Live, error) {
	l := &Live{done: make(chan error, 1)}
	if err := l.open(ctx, dir); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

func (l *Live) open(ctx context.Context, dir string) error {
	if err := l.record(); err != nil {
		return err
	}
	var err error
	if l.Protocols, err = dpi.NewRegistry(nil); err != nil {
		return err
	}
	checks, err := check.NewRunner(native.All(), nil, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	l.closers = append(l.closers, func() error { checks.Close(); return nil })
	checks.Expect(check.AllHooks)
	l.History, err = duckdb.Open(filepath.Join(dir, "history.duckdb"), duckdb.Config{Protocols: l.Protocols.Numbers(), Categories: dpi.CategoryNumbers()})
	if err != nil {
		return err
	}
	l.closers = append(l.closers, l.History.Close)
	history, err := engine.NewHistory(nowhere{}, l.History, store.Config{Every: 100 * time.Millisecond})
	if err != nil {
		return err
	}
	l.closers = append(l.closers, history.Close)
	l.Engine, err = engine.New(engine.Config{Workers: 2, Protocols: l.Protocols, Checks: checks, Flow: flow.Config{Tick: flow.DefaultTick}}, l.source, history)
	if err != nil {
		return err
	}
	history.Watch(l.Engine)
	go func() { l.done <- l.Engine.Run(ctx) }()
	l.closers = append(l.closers, func() error { l.source.closed.Store(true); return <-l.done })
	return errors.Join(l.settle(), until(func() bool {
		ifaces, _ := l.Engine.Status()
		return len(ifaces) == 1 && ifaces[0].Packets == uint64(len(l.Frames))
	}))
}

// record makes the capture, which is the source.
func (l *Live) record() (err error) {
	if l.Frames, err = tracegen.Office().Frames(); err != nil {
		return err
	}
	var b bytes.Buffer
	w := capture.NewWriter(&b, l.Frames[0].Link)
	for _, f := range l.Frames {
		if err := w.WriteFrame(f); err != nil {
			return err
		}
	}
	l.Capture = bytes.Clone(b.Bytes())
	src, err := capture.OpenReader("office.pcap", &b)
	if err != nil {
		return err
	}
	l.source = &held{Source: src}
	l.source.ahead.Store(int64(6 * time.Second))
	return nil
}

// Close ends the engine and what it writes to.
func (l *Live) Close() error {
	var errs []error
	for len(l.closers) > 0 {
		last := len(l.closers) - 1
		errs, l.closers = append(errs, l.closers[last]()), l.closers[:last]
	}
	return errors.Join(errs...)
}

// settle waits until what was read has gone through all stages.
func (l *Live) settle() error {
	since := l.source.quiet.Load()
	return until(func() bool { return l.source.quiet.Load() > since+100 })
}

// Minute lets a minute pass, so that all checks run.
func (l *Live) Minute(t *testing.T) {
	t.Helper()
	l.source.ahead.Add(int64(time.Minute))
	require.NoError(t, l.settle())
}

// EndAll lets so much time pass that all flows end.
func (l *Live) EndAll() error {
	l.source.ahead.Store(int64(time.Hour))
	return errors.Join(until(func() bool { return l.Engine.ActiveFlows() == 0 }), l.settle())
}

// End lets so much time pass that all flows end, or the test fails.
func (l *Live) End(t *testing.T) {
	t.Helper()
	require.NoError(t, l.EndAll())
}

// until waits for what is to become true.
func until(happened func() bool) error {
	const patience = 20 * time.Second
	for end := time.Now().Add(patience); !happened(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			return errors.New("the engine did not get on in time")
		}
	}
	return nil
}
