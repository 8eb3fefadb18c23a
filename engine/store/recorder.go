package store

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/flowloom/flowloom/engine/codec"
	"github.com/flowloom/flowloom/engine/field"
	"github.com/flowloom/flowloom/engine/telemetry"
)

// Config holds the settings of a [Recorder]. Zero fields stand for their defaults.
type Config struct {
	// Every is how old a row gets before it is written: what is lost at most when the
	// process or the machine dies, unless the database takes longer than half of it to write.
	Every time.Duration
	// MaxPending is how many batches of rows wait for the database at most; when it is
	// slower for long, or fails, flows are dropped and counted.
	MaxPending int
	// Log hears of writes that fail, once until one succeeds again.
	Log *slog.Logger
	// More, when set, is asked before each write for what else there is to keep.
	More func() []Rows
}

// Defaults of [Config].
const (
	DefaultEvery      = 10 * time.Second
	DefaultMaxPending = 48
)

// writeAt is how many batches start a write before its time: as many rows as a database
// likes to have at once.
const writeAt = 16

// Recorder collects rows and writes them now and then. Make one with NewRecorder, Close it
// to write the rest.
type Recorder struct {
	cfg Config
	to  Appender

	mu      sync.Mutex
	room    sync.Cond // for those who wait
	patient bool
	flows   *codec.Batcher
	pending []Rows
	kept    uint64
	dropped uint64
	failed  uint64
	lastErr error

	wake chan struct{}
	quit chan struct{}
	done chan struct{}
}

// NewRecorder begins to record.
func NewRecorder(to Appender, cfg Config) (*Recorder, error) {
	if cfg.Every == 0 {
		cfg.Every = DefaultEvery
	}
	if cfg.MaxPending == 0 {
		cfg.MaxPending = DefaultMaxPending
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Every < 0 || cfg.MaxPending < writeAt {
		return nil, fmt.Errorf("cannot record every %v with %d batches waiting: choose a time above 0 and at least %d batches", cfg.Every, cfg.MaxPending, writeAt)
	}
	cols, err := codec.Select(field.Flow, nil)
	if err != nil {
		return nil, err //nolint:wrapcheck // it says what it is about
	}
	r := &Recorder{
		cfg: cfg, to: to, flows: codec.NewBatcherIn(newPool(), cols),
		wake: make(chan struct{}, 1), quit: make(chan struct{}), done: make(chan struct{}),
	}
	r.room.L = &r.mu
	go r.run()
	return r, nil
}

// Finish has Flow wait for the database from now on: at the end of a run nothing comes in
// any more that would be lost meanwhile.
func (r *Recorder) Finish() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.patient = true
}

// Flow keeps a flow, or a part of one. It does not wait for the database before Finish.
func (r *Recorder) Flow(row codec.Row) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	for len(r.pending) >= r.cfg.MaxPending {
		if !r.patient {
			r.dropped++
			return nil
		}
		r.hurry()
		r.room.Wait()
	}
	err := r.flows.Append(row)
	if r.flows.Len() >= codec.MaxBatchRows {
		r.pending = append(r.pending, Rows{Flows, r.flows.Batch()})
		if len(r.pending) >= writeAt {
			r.hurry()
		}
	}
	return err //nolint:wrapcheck // it says what it is about
}

// hurry starts a write.
func (r *Recorder) hurry() {
	select {
	case r.wake <- struct{}{}:
	default: // it is awake
	}
}

// Close writes the rest and ends the recording.
func (r *Recorder) Close() error {
	close(r.quit)
	<-r.done
	r.mu.Lock()
	defer r.mu.Unlock()
	r.flows.Release()
	return r.lastErr
}

func (r *Recorder) run() {
	defer close(r.done)
	yieldToOthers()
	ticker := time.NewTicker(r.cfg.Every / 2) // what is written at a time is then not older when that is done
	defer ticker.Stop()
	for {
		select {
		case <-r.quit:
			r.write()
			return
		case <-ticker.C:
			r.write()
		case <-r.wake:
			if r.Failing() == nil || r.finishing() { // else it is tried again when it is time
				r.write()
			}
		}
	}
}

// write hands over what there is. What the database did not take is kept for the next time.
func (r *Recorder) write() {
	var more []Rows
	if r.cfg.More != nil {
		more = r.cfg.More()
	}
	r.mu.Lock()
	if r.flows.Len() > 0 {
		r.pending = append(r.pending, Rows{Flows, r.flows.Batch()})
	}
	r.pending = append(r.pending, more...)
	rows := slices.Clone(r.pending)
	r.mu.Unlock()
	if len(rows) == 0 {
		return
	}
	err := r.to.Append(context.Background(), rows)
	r.mu.Lock()
	defer r.mu.Unlock()
	defer r.room.Broadcast()
	before := r.lastErr
	if r.lastErr = err; err != nil {
		r.failed++
		r.shed()
		if before == nil {
			r.cfg.Log.Error("history is not kept", "error", err)
		}
		return
	}
	if before != nil {
		r.cfg.Log.Info("history is kept again")
	}
	for _, b := range rows {
		r.kept += uint64(b.Batch.NumRows()) //nolint:gosec // positive
		b.Batch.Release()
	}
	r.pending = slices.Delete(r.pending, 0, len(rows))
}

// shed drops the oldest of what waits beyond the limit.
func (r *Recorder) shed() {
	most := r.cfg.MaxPending
	if r.patient {
		most = writeAt // who waits must not wait for ever
	}
	for len(r.pending) > most {
		r.dropped += uint64(r.pending[0].Batch.NumRows()) //nolint:gosec // positive
		r.pending[0].Batch.Release()
		r.pending = slices.Delete(r.pending, 0, 1)
	}
}

// Failing returns why the last write failed, nil when it did not.
func (r *Recorder) Failing() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.lastErr
}

func (r *Recorder) finishing() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.patient
}

// Counters tell what was kept and what not.
func (r *Recorder) Counters() []telemetry.Counter {
	r.mu.Lock()
	defer r.mu.Unlock()
	return []telemetry.Counter{
		{Name: "history_dropped", Help: "rows that the history did not take in time", Value: r.dropped},
		{Name: "history_write_failed", Help: "times that the history could not be written", Value: r.failed},
	}
}

// Kept counts the rows that were written.
func (r *Recorder) Kept() uint64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.kept
}
