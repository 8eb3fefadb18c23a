package engine

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"sync/atomic"

	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/engine/check"
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
	e := &Engine{cfg: cfg, src: src, collect: collector{hosts: hosts, protocols: host.NewProtocols(), sink: sink, checks: cfg.Checks}}
	if cfg.Protocols != nil {
		e.collect.cache = dpi.NewCache(cfg.Protocols)
		hosts.Names(e.collect.cache)
	}
	if cfg.Checks != nil {
		cfg.Checks.Locate(hosts.IsLocal)
		src = &minutes{Source: src}
	}
	e.reader = reader{src: src, dec: packet.NewDecoder(cfg.Packet), workers: uint64(cfg.Workers)} //nolint:gosec // 1 to 64
	for i := range cfg.Workers {
		var detector *dpi.Detector
		if cfg.Protocols != nil {
			detector = dpi.NewDetector(cfg.Protocols, cfg.Workers)
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
	p := newPipeline(len(e.workers))
	var wg sync.WaitGroup
	for i := 1; i < len(e.workers); i++ {
		wg.Go(func() { e.work(ctx, p, i) })
	}
	e.work(ctx, p, 0)
	wg.Wait()
	e.reader.describe()
	return p.err
}

// work does what there is to do until all is done; own is the preferred shard.
func (e *Engine) work(ctx context.Context, p *pipeline, own int) {
	for t, ok := p.next(own); ok; t, ok = p.next(own) {
		var err error
		switch t.shard {
		case toRead:
			err = e.next(ctx, t.batch)
		case toHosts:
			e.collect.count(t.batch)
		case toOutput:
			err = e.collect.put(t.batch)
		default:
			e.workers[t.shard].process(t.batch)
		}
		p.finish(t, err)
	}
}

// next reads one batch; at the end of input, or when ctx is done, it is the last.
func (e *Engine) next(ctx context.Context, b *batch) error {
	if err := ctx.Err(); err != nil {
		e.reader.stop(b)
		return err
	}
	err := e.reader.read(b)
	if e.cfg.Checks.Wants(check.InterfaceMinute) {
		e.reader.describe()
		b.ifaces = append(b.ifaces[:0], e.reader.ifaces...)
	}
	e.packets.Add(uint64(len(b.frames.Frames)))
	done, total := e.src.Progress()
	e.done.Store(done)
	e.total.Store(total)
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
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
