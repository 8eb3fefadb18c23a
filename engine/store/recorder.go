package store

import (
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/flowloom/flowloom/engine/codec"
	"github.com/flowloom/flowloom/engine/field"
	"github.com/flowloom/flowloom/engine/telemetry"
)

// Config holds the settings of a [Recorder]. Zero fields stand for their defaults.
type Config struct {
	// Every is how old a row gets before it is written: what is lost at most when the
	// process or the machine dies. The database is asked to take rows when they are half as
	// old; those that it does not take in time go to the Journal.
	Every time.Duration
	// MaxPending is how many batches of rows wait for the database at most; when it is
	// slower for long, or fails, flows are dropped and counted.
	MaxPending int
	// Journal keeps what the database does not take in time. Without one, rows get as old as
	// the database needs.
	Journal *Journal
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
	begun   time.Time // when the first of flows came
	asked   time.Time // when More was asked last
	pending []*parcel
	last    uint64 // number of the last parcel
	kept    uint64
	dropped uint64
	failed  uint64
	lastErr error // of the database
	fileErr error // of the journal

	wake chan struct{}
	quit chan struct{}
	done chan struct{}
}

// parcel is a batch on its way to the database.
type parcel struct {
	Rows
	number uint64
	// born is when the first of its rows came.
	born time.Time
	// filed: it is in the journal; gone: the database has it, or it was dropped.
	filed, gone bool
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
	if cfg.Journal != nil {
		r.last = cfg.Journal.last
	}
	r.room.L, r.asked = &r.mu, time.Now()
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
	if r.flows.Len() == 0 {
		r.begun = time.Now()
	}
	err := r.flows.Append(row)
	if r.flows.Len() >= codec.MaxBatchRows {
		r.enqueue(Rows{Flows, r.flows.Batch()}, r.begun)
		if len(r.pending) >= writeAt {
			r.hurry()
		}
	}
	return err //nolint:wrapcheck // it says what it is about
}

// enqueue has a batch wait for the database. r.mu is held.
func (r *Recorder) enqueue(rows Rows, born time.Time) {
	r.last++
	r.pending = append(r.pending, &parcel{Rows: rows, number: r.last, born: born})
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

// Failing returns why the last write failed, nil when it did not.
func (r *Recorder) Failing() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return errors.Join(r.lastErr, r.fileErr)
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
