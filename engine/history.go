package engine

import (
	"fmt"
	"sync/atomic"
	"time"

	"github.com/flowloom/flowloom/engine/alert"
	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/codec"
	"github.com/flowloom/flowloom/engine/flow"
	"github.com/flowloom/flowloom/engine/store"
)

// History is a Sink that keeps flows, and what it samples of an engine, in a database, and
// hands flows on to another Sink. Make one with NewHistory, give it to New, Watch the
// engine, and Close it after Run.
type History struct {
	next     Sink
	recorder *store.Recorder
	watched  chan *Engine
	eng      *Engine
	sampler  sampler
	journal  *alert.Journal // nil without checks
	ending   atomic.Bool
}

// NewHistory begins to keep history. The database stays the caller's to close.
func NewHistory(next Sink, to store.Appender, cfg store.Config) (*History, error) {
	h := &History{next: next, watched: make(chan *Engine, 1), sampler: newSampler()}
	cfg.More = h.more
	recorder, err := store.NewRecorder(to, cfg)
	if err != nil {
		return nil, fmt.Errorf("cannot keep history: %w", err)
	}
	h.recorder = recorder
	return h, nil
}

// Watch begins to sample an engine: its alerts, hosts, protocols and interfaces.
func (h *History) Watch(e *Engine) {
	e.Look(func(t Tables) {
		if t.Checks != nil {
			h.journal = t.Checks.Alerts().Watch()
		}
	})
	e.history.Store(h)
	h.watched <- e
}

// Flow implements Sink.
func (h *History) Flow(r *flow.Record) error {
	if err := h.next.Flow(r); err != nil {
		return err //nolint:wrapcheck // it is the sink's own
	}
	if p := (flow.Part{Record: r}); p.Gained() {
		return h.recorder.Flow(p) //nolint:wrapcheck // it says what it is about
	}
	return nil
}

// Part implements Parter.
func (h *History) Part(r *flow.Record) error {
	return h.recorder.Flow(flow.Part{Record: r}) //nolint:wrapcheck // it says what it is about
}

// Flush implements Flusher.
func (h *History) Flush() error {
	if f, ok := h.next.(Flusher); ok {
		return f.Flush() //nolint:wrapcheck // it is the sink's own
	}
	return nil
}

// Finish lets the engine wait for the database from now on: when its source has ended,
// nothing is lost meanwhile.
func (h *History) Finish() { h.recorder.Finish() }

// Close writes what was not written yet.
func (h *History) Close() error {
	h.ending.Store(true)
	if err := h.recorder.Close(); err != nil {
		return fmt.Errorf("cannot keep all history: %w", err)
	}
	return nil
}

// more is what is kept besides flows: alerts that changed, and samples. The recorder asks
// before each write.
func (h *History) more() []store.Rows {
	if h.eng == nil {
		select {
		case h.eng = <-h.watched:
		default:
			return nil
		}
	}
	now := time.Now()
	var changes []alert.Alert
	h.eng.Look(func(t Tables) {
		if t.Checks == nil {
			return
		}
		h.report(t.Checks.Alerts(), now)
		changes = h.journal.Changes()
	})
	rows := store.SampleRows(h.sampler.sample(h.eng, now, h.ending.Load()))
	alerts := make([]codec.Row, len(changes))
	for i := range changes {
		alerts[i] = check.AlertRow{Alert: &changes[i]}
	}
	return append(rows, store.AlertRows(alerts, now)...)
}

// report raises an alert when the history cannot be written: a full disk is not to go
// unnoticed.
func (h *History) report(book *alert.Book, now time.Time) {
	const name = "history"
	if err := h.recorder.Failing(); err != nil {
		book.Raise(&alert.Finding{Check: name, Entity: alert.System, Subject: "history", Score: 200, Message: err.Error(), Time: now.UnixNano()})
		return
	}
	book.ReleaseAll(name, now.UnixNano())
}
