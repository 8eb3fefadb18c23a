package engine

import (
	"iter"
	"slices"
	"time"

	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/flow"
	"github.com/flowloom/flowloom/engine/host"
	"github.com/flowloom/flowloom/engine/telemetry"
)

// told is what the reader last said of itself.
type told struct {
	at       time.Time
	ifaces   []host.InterfaceStats
	counters []telemetry.Counter
	panics   uint64
}

// tellEvery is how old what is told of interfaces may be.
const tellEvery = time.Second

// tell lets others know how the reader stands, now and then.
func (e *Engine) tell() {
	now := time.Now()
	if last := e.told.Load(); last != nil && now.Sub(last.at) < tellEvery {
		return
	}
	e.reader.describe()
	e.told.Store(&told{at: now, ifaces: slices.Clone(e.reader.ifaces), counters: e.reader.counters(), panics: e.reader.panics})
}

// Active yields the flows that are in the table, also while Run is running. A record is
// valid, and the engine waits with a part of the table, until the next one is asked for:
// whoever needs it for longer clones it, and does nothing slow meanwhile.
func (e *Engine) Active() iter.Seq[*flow.Record] {
	return func(yield func(*flow.Record) bool) {
		for _, w := range e.workers {
			if !w.each(yield) {
				return
			}
		}
	}
}

// Shards shows the flows that are in the table, one part of it after the other, also while
// Run is running. The engine waits with a part until look returns.
func (e *Engine) Shards(look func(iter.Seq[*flow.Record])) {
	for _, w := range e.workers {
		w.look(look)
	}
}

func (w *worker) look(look func(iter.Seq[*flow.Record])) {
	w.mu.Lock()
	defer w.mu.Unlock()
	look(w.shard.All())
}

func (w *worker) each(yield func(*flow.Record) bool) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	for r := range w.shard.All() {
		if !yield(r) {
			return false
		}
	}
	return true
}

// ActiveFlows counts the flows in the table, also while Run is running.
func (e *Engine) ActiveFlows() int {
	n := 0
	for _, w := range e.workers {
		w.mu.Lock()
		n += w.shard.Len()
		w.mu.Unlock()
	}
	return n
}

// Tables are what the engine keeps besides flows.
type Tables struct {
	Hosts     *host.Table
	Protocols *host.Protocols
	// Checks is nil without any.
	Checks *check.Runner
	// Ended counts the flows that ended.
	Ended uint64
}

// Look shows the tables as they are, also while Run is running. The engine waits until
// look returns, so it does nothing slow, and keeps nothing that it saw but copies.
func (e *Engine) Look(look func(Tables)) {
	e.collect.mu.Lock()
	defer e.collect.mu.Unlock()
	look(Tables{Hosts: e.collect.hosts, Protocols: e.collect.protocols, Checks: e.collect.checks, Ended: e.collect.ended})
}

// Status returns how the interfaces stand, and every drop and reject, also while Run is
// running; both are at most a second old.
func (e *Engine) Status() ([]host.InterfaceStats, []telemetry.Counter) {
	last := e.told.Load()
	if last == nil {
		return nil, nil
	}
	panics := last.panics
	var shards []telemetry.Counter
	for _, w := range e.workers {
		w.mu.Lock()
		panics += w.panics
		shards = telemetry.Sum(shards, w.shard.Counters())
		w.mu.Unlock()
	}
	all := slices.Clone(last.counters)
	if h := e.history.Load(); h != nil {
		all = append(all, h.recorder.Counters()...)
	}
	e.collect.mu.Lock()
	defer e.collect.mu.Unlock()
	ifaces := slices.Clone(last.ifaces)
	e.collect.hosts.Score(ifaces)
	return ifaces, append(all, e.further(shards, panics)...)
}

// SummaryNow is Summary while Run is running: what was told last, at most a second old,
// without damage, which is known at the end.
func (e *Engine) SummaryNow(top int) Summary {
	ifaces, counters := e.Status()
	s := Summary{Counters: counters}
	for i := range ifaces {
		s.addInterface(&ifaces[i])
	}
	e.Look(func(t Tables) {
		s.Flows, s.Hosts = t.Ended, t.Hosts.Len()
		for _, h := range topTalkers(t.Hosts, top) {
			own := *h
			s.TopTalkers = append(s.TopTalkers, &own)
		}
	})
	return s
}
