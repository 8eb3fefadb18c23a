package rest

import (
	"cmp"
	"context"
	"iter"
	"log/slog"
	"sync"
	"time"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/flow"
	"github.com/flowloom/flowloom/engine/host"
	"github.com/flowloom/flowloom/engine/telemetry"
)

// upload is a capture that was uploaded.
type upload struct {
	id         int
	name, file string
	size, used int64
	at         time.Time
	cancel     context.CancelFunc // of the analysis; guarded by Captures.mu
	gone       bool               // it was deleted; guarded by Captures.mu

	mu      sync.Mutex
	state   string
	err     error
	engine  *engine.Engine // while it runs
	lists   *lists
	ended   endedFlows
	summary engine.Summary
}

// States of a capture.
const (
	stateArriving = "arriving"
	stateWaiting  = "waiting"
	stateRunning  = "running"
	stateDone     = "done"
	stateFailed   = "failed"
)

// Bounds of an analysis.
const (
	// maxEnded is how many flows of a capture are kept to be listed, maxFlows how many go on
	// at a time, and maxHosts how many hosts are kept.
	maxEnded = 50_000
	maxFlows = 200_000
	maxHosts = 50_000
)

// endedFlows keeps flows that ended. It is the sink of an analysis.
type endedFlows struct {
	mu   sync.Mutex
	all  []*flow.Record
	more uint64
}

// Flow implements engine.Sink.
func (e *endedFlows) Flow(r *flow.Record) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(e.all) == maxEnded {
		e.more++
		return nil
	}
	e.all = append(e.all, r.Clone())
	return nil
}

// each yields the flows that ended.
func (e *endedFlows) each(yield func(*flow.Record) bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, r := range e.all {
		if !yield(r) {
			return
		}
	}
}

// withEnded is an engine whose ended flows count as well.
type withEnded struct {
	source
	ended *endedFlows
}

// Shards implements source.
func (w withEnded) Shards(look func(iter.Seq[*flow.Record])) {
	look(w.ended.each)
	w.source.Shards(look)
}

// finished is what is left of an engine: not its memory for flows.
type finished struct {
	mu         sync.Mutex
	interfaces []host.InterfaceStats
	counters   []telemetry.Counter
	tables     engine.Tables
}

// Status implements source.
func (f *finished) Status() ([]host.InterfaceStats, []telemetry.Counter) {
	return f.interfaces, f.counters
}

// Shards implements source: no flow goes on.
func (f *finished) Shards(func(iter.Seq[*flow.Record])) {}

// Look implements source.
func (f *finished) Look(look func(engine.Tables)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	look(f.tables)
}

// begin analyses a capture in the background, when its turn comes.
func (cs *Captures) begin(u *upload, like *engine.Engine) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	ctx, cancel := context.WithCancel(cs.ctx)
	u.cancel = cancel
	u.mu.Lock()
	u.state = stateWaiting
	u.mu.Unlock()
	cs.running.Go(func() {
		defer cancel()
		err := cs.inTurn(ctx, func() error { return cs.analyse(ctx, u, like) })
		u.mu.Lock()
		defer u.mu.Unlock()
		if u.engine = nil; err != nil {
			u.state, u.err = stateFailed, err
			return
		}
		u.state = stateDone
	})
}

// inTurn does something that no other analysis runs beside.
func (cs *Captures) inTurn(ctx context.Context, do func() error) error {
	select {
	case cs.turn <- struct{}{}:
		defer func() { <-cs.turn }()
		return do()
	case <-ctx.Done():
		return ctx.Err() //nolint:wrapcheck // the caller's own
	}
}

// analyse runs an engine like the one given over a capture.
func (cs *Captures) analyse(ctx context.Context, u *upload, like *engine.Engine) error {
	cfg := like.Config()
	var live *check.Runner
	like.Look(func(t engine.Tables) { live = t.Checks })
	if live != nil {
		checks, err := live.Fork(slog.New(slog.DiscardHandler))
		if err != nil {
			return err //nolint:wrapcheck // it says what it is about
		}
		defer checks.Close()
		cfg.Checks = checks
	}
	cfg.FirstInterface = uint16(u.id) //nolint:gosec // below 1<<16
	eng, err := cs.run(ctx, u, cfg, &u.ended, func(eng *engine.Engine) {
		u.mu.Lock()
		defer u.mu.Unlock()
		u.state, u.engine, u.lists = stateRunning, eng, listsOf(withEnded{eng, &u.ended})
	})
	if err != nil {
		return err
	}
	f := &finished{interfaces: eng.Interfaces()}
	eng.Look(func(t engine.Tables) { f.tables = t })
	u.mu.Lock()
	defer u.mu.Unlock()
	u.summary = eng.Summary(0)
	f.counters = u.summary.Counters
	u.lists = listsOf(withEnded{f, &u.ended})
	return nil
}

// run analyses a capture with settings, within bounds, beside an engine that must not
// suffer from it.
func (cs *Captures) run(ctx context.Context, u *upload, cfg engine.Config, sink engine.Sink, started func(*engine.Engine)) (*engine.Engine, error) {
	src, err := cs.open(u)
	if err != nil {
		return nil, err
	}
	defer func() { _ = src.Close() }() // read only
	// One read may take for ever: what is compressed can hold very much that is no frame.
	defer context.AfterFunc(ctx, func() { _ = src.file.Close() })()
	cfg.Workers, cfg.Live = 1, false
	cfg.Flow.MaxFlows, cfg.Host.MaxHosts = bound(cfg.Flow.MaxFlows, maxFlows), bound(cfg.Host.MaxHosts, maxHosts)
	cfg.Flow.Detected, cfg.Flow.Periodic, cfg.Flow.Parts, cfg.Flow.Whole, cfg.Host.Details = false, false, false, false, true
	cfg.Flow.Tick = flow.DefaultTick
	eng, err := engine.New(cfg, src, sink)
	if err != nil {
		return nil, err //nolint:wrapcheck // it says what it is about
	}
	started(eng)
	err = eng.Run(ctx)
	return eng, cmp.Or(ctx.Err(), err) //nolint:wrapcheck // it says what it is about
}

// bound is the smaller one of a setting, 0 for its default, and a bound.
func bound(setting, most int) int {
	if setting == 0 {
		return most
	}
	return min(setting, most)
}
