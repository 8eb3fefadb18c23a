package engine

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/dpi"
	"github.com/flowloom/flowloom/engine/flow"
	"github.com/flowloom/flowloom/engine/host"
	"github.com/flowloom/flowloom/engine/notify"
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
	told        atomic.Pointer[told]
	history     atomic.Pointer[History]         // nil without
	notifier    atomic.Pointer[notify.Notifier] // nil without
}

// New returns an engine over src, which stays the caller's to close.
func New(cfg Config, src capture.Source, sink Sink) (*Engine, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	if _, ok := sink.(Parter); ok {
		cfg.Flow.Periodic, cfg.Flow.Parts, cfg.Host.Details = true, true, true
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
		cfg.Checks.Locate(hosts)
		cfg.Checks.Share(cfg.Workers)
	}
	e.reader = reader{src: &spans{Source: src}, dec: packet.NewDecoder(cfg.Packet), workers: uint64(cfg.Workers), first: cfg.FirstInterface} //nolint:gosec // 1 to 64
	for i := range cfg.Workers {
		var detector *dpi.Detector
		if cfg.Protocols != nil {
			detector = dpi.NewDetector(cfg.Protocols, cfg.Workers)
			detector.Consult(cfg.Blacklists)
		}
		shard, err := flow.NewShard(cfg.Flow.Shard(cfg.Workers), detector)
		if err != nil {
			return nil, fmt.Errorf("cannot set up the flow table: %w", err)
		}
		e.workers = append(e.workers, &worker{id: uint8(i), shard: shard}) //nolint:gosec // 1 to 64
	}
	return e, nil
}

// Config returns the engine's settings, with defaults filled in.
func (e *Engine) Config() Config { return e.cfg }

// Run reads the source to its end, or until ctx is done: then what was read is
// concluded and ctx's error returned. Other errors come from the source or the
// sink, or are a *FaultError.
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
		p.finish(t, e.do(ctx, t))
	}
}

// do does one stage's work on a batch.
func (e *Engine) do(ctx context.Context, t task) (err error) {
	defer caught(&err)
	switch t.shard {
	case toRead:
		return e.next(ctx, t.batch)
	case toHosts:
		e.collect.count(t.batch)
	case toOutput:
		return e.collect.put(t.batch)
	default:
		e.workers[t.shard].process(t.batch)
	}
	return nil
}

// next reads one batch; at the end of input, or when ctx is done, it is the last.
func (e *Engine) next(ctx context.Context, b *batch) error {
	if err := ctx.Err(); err != nil && !e.reader.holds() {
		e.reader.stop(b)
		return err
	}
	err := e.reader.read(b)
	if e.cfg.Checks.Wants(check.InterfaceMinute) {
		e.reader.describe()
		b.ifaces = append(b.ifaces[:0], e.reader.ifaces...)
	}
	e.packets.Add(uint64(len(b.frames.Frames)))
	e.tell()
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
func (e *Engine) Interfaces() []host.InterfaceStats {
	ifaces := slices.Clone(e.reader.ifaces)
	e.collect.hosts.Score(ifaces)
	return ifaces
}
