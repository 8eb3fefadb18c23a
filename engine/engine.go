package engine

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"sync/atomic"

	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/engine/dpi"
	"github.com/flowloom/flowloom/engine/flow"
	"github.com/flowloom/flowloom/engine/host"
	"github.com/flowloom/flowloom/engine/packet"
)

// Engine analyses one source. Make one with New, call Run once, then ask for
// hosts, interfaces and the summary.
type Engine struct {
	cfg     Config
	src     capture.Source
	reader  reader
	workers []*worker
	collect collector

	packets     atomic.Uint64
	done, total atomic.Int64
}

// New returns an engine over src, which stays the caller's to close.
func New(cfg Config, src capture.Source, sink Sink) (*Engine, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	hosts, err := host.NewTable(cfg.Host)
	if err != nil {
		return nil, fmt.Errorf("cannot set up the host table: %w", err)
	}
	e := &Engine{cfg: cfg, src: src, collect: collector{hosts: hosts, protocols: host.NewProtocols(), sink: sink}}
	e.reader = reader{src: src, dec: packet.NewDecoder(cfg.Packet), workers: uint64(cfg.Workers)} //nolint:gosec // 1 to 64
	for i := range cfg.Workers {
		var detector *dpi.Detector
		if cfg.Protocols != nil {
			detector = dpi.NewDetector(cfg.Protocols)
		}
		shard, err := flow.NewShard(cfg.Flow.Shard(cfg.Workers), detector)
		if err != nil {
			return nil, fmt.Errorf("cannot set up the flow table: %w", err)
		}
		e.workers = append(e.workers, &worker{id: uint8(i), shard: shard}) //nolint:gosec // 1 to 64
	}
	return e, nil
}

// Run reads the source to its end, or until ctx is done: then what was read is
// concluded and ctx's error returned. Other errors come from the source or the
// sink.
func (e *Engine) Run(ctx context.Context) error {
	var err error
	if len(e.workers) == 1 {
		err = e.runInline(ctx)
	} else {
		err = e.runParallel(ctx)
	}
	e.reader.describe()
	return err
}

// next reads one batch; at the end of input, or when ctx is done, it is the last.
func (e *Engine) next(ctx context.Context, b *batch) error {
	if err := ctx.Err(); err != nil {
		b.frames.Frames, b.items, b.shards, b.last = nil, b.items[:0], b.shards[:0], true
		e.reader.orphans(b)
		return err
	}
	err := e.reader.read(b)
	e.packets.Add(uint64(len(b.frames.Frames)))
	done, total := e.src.Progress()
	e.done.Store(done)
	e.total.Store(total)
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

func (e *Engine) runInline(ctx context.Context) error {
	b := newBatch(1)
	for {
		err := e.next(ctx, b)
		e.workers[0].process(b)
		if collectErr := e.collect.collect(b); collectErr != nil {
			return collectErr
		}
		if b.last {
			return err
		}
	}
}

// batchesInFlight is how many batches circulate: enough that neither side waits
// for the other, few enough to stay in the cache.
const batchesInFlight = 6

func (e *Engine) runParallel(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	free := make(chan *batch, batchesInFlight)
	done := make(chan *batch, batchesInFlight)
	queues := make([]chan *batch, len(e.workers))
	var wg sync.WaitGroup
	for i, w := range e.workers {
		queues[i] = make(chan *batch, batchesInFlight)
		wg.Go(func() { work(w, queues[i], done) })
	}
	for range batchesInFlight {
		free <- newBatch(len(e.workers))
	}
	wg.Go(func() { e.collectAll(done, free, cancel) })

	err := e.readAll(ctx, free, queues)
	wg.Wait()
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	return err
}

// readAll feeds every worker each batch, the last one included, then closes the
// queues.
func (e *Engine) readAll(ctx context.Context, free <-chan *batch, queues []chan *batch) error {
	for {
		b := <-free
		err := e.next(ctx, b)
		last := b.last
		b.pending.Store(int32(len(queues))) //nolint:gosec // at most 64
		for _, q := range queues {
			q <- b
		}
		if last {
			for _, q := range queues {
				close(q)
			}
			return err
		}
	}
}

// work runs one worker. The one that finishes a batch last passes it on; as each
// worker keeps the order, so do the batches.
func work(w *worker, queue <-chan *batch, done chan<- *batch) {
	for b := range queue {
		w.process(b)
		last := b.last
		if b.pending.Add(-1) == 0 {
			done <- b
		}
		if last {
			return
		}
	}
}

// collectAll collects batches up to the last. After an error of the sink it
// cancels the reader and lets the remaining batches pass.
func (e *Engine) collectAll(done <-chan *batch, free chan<- *batch, cancel context.CancelCauseFunc) {
	failed := false
	for {
		b := <-done
		if !failed {
			if err := e.collect.collect(b); err != nil {
				failed = true
				cancel(err)
			}
		}
		if b.last {
			return
		}
		free <- b
	}
}

// Progress returns the frames read and the bytes of input consumed of total; it
// may be called while Run is running. The total is 0 when unknown.
func (e *Engine) Progress() (packets uint64, done, total int64) {
	return e.packets.Load(), e.done.Load(), e.total.Load()
}

// Hosts returns the hosts seen; call it after Run.
func (e *Engine) Hosts() *host.Table { return e.collect.hosts }

// Protocols returns the flows by protocol; call it after Run.
func (e *Engine) Protocols() *host.Protocols { return e.collect.protocols }

// Interfaces returns the interfaces of the source; call it after Run.
func (e *Engine) Interfaces() []host.InterfaceStats { return e.reader.ifaces }
