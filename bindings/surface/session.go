package surface

import (
	"context"
	"fmt"
	"io"
	"runtime/debug"
	"sync"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/capture/filter"
	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/codec"
	"github.com/flowloom/flowloom/engine/enrich"
	"github.com/flowloom/flowloom/engine/field"
)

// Session is one analysis.
type Session struct {
	in      *input
	eng     *engine.Engine
	checks  *check.Runner    // nil without any
	files   *enrich.Enricher // nil without any
	notes   notes
	said    lines
	out     *queue
	alloc   memory.Allocator
	schemas map[field.Scope]*arrow.Schema
	live    bool

	cancel func() // ends the reading early
	timer  *time.Timer
	ended  chan struct{} // closed when nothing runs any more
	// interrupted is valid when ended is closed.
	interrupted bool
	closing     sync.Once
	closed      chan struct{}
}

// Event is what Next brings: a batch, which the caller releases, or a question, which the
// caller answers.
type Event struct {
	Batch    arrow.RecordBatch
	Question *Question
}

// Leaves are what a caller brings because it needs cgo.
type Leaves struct {
	// Compile makes filters; nil for none.
	Compile filter.Compiler
	// Memory is where batches are; nil for Go's.
	Memory memory.Allocator
}

// Open begins an analysis. What cannot be used is an error here, before anything is read.
func Open(o Options, with Leaves) (s *Session, err error) {
	defer caught(&err)
	if with.Memory == nil {
		with.Memory = memory.DefaultAllocator
	}
	cols, err := codec.Select(field.Flow, o.Columns)
	if err != nil {
		return nil, &UsageError{err}
	}
	rows, err := o.batchRows()
	if err != nil {
		return nil, err
	}
	limit, err := seconds("duration", o.Duration)
	if err != nil {
		return nil, err
	}
	s = &Session{alloc: with.Memory, ended: make(chan struct{}), closed: make(chan struct{})}
	if s.schemas, err = schemas(cols); err != nil {
		return nil, err
	}
	s.out = newQueue(with.Memory, cols, rows)
	s.out.drop = o.NoFlows
	ctx, cancel := context.WithCancel(context.Background())
	if err := s.start(ctx, &o, with.Compile); err != nil {
		cancel()
		s.abandon()
		return nil, err
	}
	s.cancel = cancel
	if s.live = s.in.stop != nil; s.live {
		s.cancel, s.out.partial = s.in.stop, true
		if limit > 0 {
			s.timer = time.AfterFunc(limit, s.in.stop)
		}
		if s.files != nil {
			go s.files.Watch(ctx, enrich.DefaultInterval)
		}
	}
	go s.run(ctx, cancel)
	return s, nil
}

// start builds the engine.
func (s *Session) start(ctx context.Context, o *Options, compile filter.Compiler) error {
	protocols, err := o.registry()
	if err != nil {
		return err
	}
	if s.checks, err = o.runner(s.out, &s.said); err != nil {
		return err
	}
	if s.in, err = o.open(ctx, compile); err != nil {
		return err
	}
	cfg, err := o.engineConfig(s.in.stop != nil)
	if err != nil {
		return err
	}
	if s.files, err = o.enrich(&cfg, &s.notes); err != nil {
		return err
	}
	cfg.Protocols, cfg.Checks = protocols, s.checks
	if s.eng, err = engine.New(cfg, s.in.Source, s.out); err != nil {
		return &UsageError{err}
	}
	return nil
}

// run analyses, and frees what only that needs.
func (s *Session) run(ctx context.Context, cancel context.CancelFunc) {
	defer close(s.ended)
	err := func() (err error) {
		defer caught(&err)
		return s.eng.Run(ctx) //nolint:wrapcheck // says what is wrong
	}()
	cancel()
	if s.timer != nil {
		s.timer.Stop()
	}
	if s.interrupted = interrupted(err); s.interrupted {
		err = nil
	}
	s.out.end(err)
}

// caught turns a panic into an error; it is to be deferred.
func caught(err *error) {
	if p := recover(); p != nil {
		*err = &engine.FaultError{Value: p, Stack: debug.Stack()}
	}
}

// Next returns the next event. It waits for it as long as it takes, or as patience lasts
// if that is not negative: then the error is ErrWait. At the end of input it is io.EOF;
// any other is why the analysis ended early.
func (s *Session) Next(patience time.Duration) (Event, error) {
	e, done, err := s.out.next(patience)
	if done && err == nil {
		<-s.ended
		return e, io.EOF
	}
	return e, err
}

// Progress returns the frames read and the bytes of input consumed of total, 0 when
// unknown, as with live sources.
func (s *Session) Progress() (packets uint64, done, total int64) { return s.eng.Progress() }

// Live reports that the source is the wire.
func (s *Session) Live() bool { return s.live }

// Cancel ends the reading: what was read so far is concluded and handed over as ever. Of
// a live source it is the usual end.
func (s *Session) Cancel() { s.cancel() }

// Interrupted reports that the input was not read to its end because of Cancel.
func (s *Session) Interrupted() bool { return s.over() && s.interrupted }

// over reports that nothing runs any more.
func (s *Session) over() bool {
	select {
	case <-s.ended:
		return true
	default:
		return false
	}
}

// closePatience is how long Close waits for the engine, which may hang in a read of a silent
// pipe. Then the rest is freed when it comes back.
const closePatience = time.Second

// Close ends the analysis and frees what it holds. Batches that were handed out stay. It
// may be called at any time, and more than once.
func (s *Session) Close() {
	s.closing.Do(func() {
		s.cancel()
		s.out.close()
		close(s.closed)
		freed := make(chan struct{})
		go func() {
			<-s.ended
			s.abandon()
			close(freed)
		}()
		select {
		case <-freed:
		case <-time.After(closePatience):
		}
	})
}

// abandon frees what was opened, some of it perhaps.
func (s *Session) abandon() {
	if s.checks != nil {
		s.checks.Close()
	}
	if s.in != nil {
		_ = s.in.Close() // read only: nothing is lost
	}
	if s.eng == nil {
		s.out.rows.Release()
	}
}

// open returns ErrClosed after Close.
func (s *Session) open() error {
	select {
	case <-s.closed:
		return fmt.Errorf("cannot ask: %w", ErrClosed)
	default:
		return nil
	}
}
