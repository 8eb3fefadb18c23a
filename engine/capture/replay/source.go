package replay

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"time"

	"github.com/flowloom/flowloom/engine/capture"
)

// Config says how a capture is played. Zero fields stand for defaults.
type Config struct {
	// Speed is how many times as fast as it was recorded it is played; default 1. With
	// [Unpaced] frames come as fast as they are read, with the time at which they are.
	Speed float64
	// Loops is how often it is played; default 1. [Endless] ends only by Stop.
	Loops int
}

// Endless is the number of loops without end.
const Endless = -1

// Unpaced is the speed without any waiting.
func Unpaced() float64 { return math.Inf(1) }

const (
	slowest, fastest = 1e-3, 1e6
	// patience is how long Read waits for frames before it tells just the time.
	patience = 100 * time.Millisecond
	// granularity is how long frames wait for others, so that batches are not tiny.
	granularity = 5 * time.Millisecond
	// pause is between two rounds.
	pause = time.Millisecond
)

// Check says what is wrong with the settings.
func (c Config) Check() error {
	_, err := c.withDefaults()
	return err
}

func (c Config) withDefaults() (Config, error) {
	if c.Speed == 0 {
		c.Speed = 1
	}
	if c.Loops == 0 {
		c.Loops = 1
	}
	if !(c.Speed >= slowest && c.Speed <= fastest) && !math.IsInf(c.Speed, 1) {
		return c, fmt.Errorf("cannot replay at %g times the speed: choose %g to %.0f, or max, which does not wait", c.Speed, slowest, fastest)
	}
	if c.Loops < Endless {
		return c, fmt.Errorf("cannot replay %d times", c.Loops)
	}
	return c, nil
}

// Source plays a capture. It is a capture.Live that also ends by itself, after the last
// round. It never drops: a slow reader gets frames late, with the time at which they were
// due.
type Source struct {
	path string
	cfg  Config
	file capture.Source // nil when closed
	// read is what was read of the file, with frames from next on that are not due; err
	// came with it.
	read capture.Batch
	next int
	err  error
	// round counts from 1. The first frame of a round was recorded at base and is due at
	// start; latest is the time of the last one that was handed out.
	round               int
	base, start, latest int64
	begun               bool
	ifaces              []capture.Interface
	damage              []error
	ctx                 context.Context //nolint:containedctx // it lasts as long as the source
	stop                func()
}

// Open opens a capture file of any kind that capture.Open reads. Its first frame is due at
// the first Read.
func Open(path string, cfg Config) (*Source, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	s := &Source{path: path, cfg: cfg}
	s.ctx, s.stop = context.WithCancel(context.Background())
	if err := s.open(); err != nil {
		s.stop()
		return nil, err
	}
	return s, nil
}

// open begins a round, so far that the interfaces in the file are known.
func (s *Source) open() error {
	file, err := capture.OpenPrompt(s.ctx, s.path)
	if err != nil {
		return fmt.Errorf("cannot replay: %w", err)
	}
	s.file = file
	s.round++
	s.begun = false
	s.more()
	return nil
}

// more reads on in the file.
func (s *Source) more() {
	s.next = 0
	s.err = s.file.Read(&s.read)
	if now := s.file.Interfaces(); len(now) >= len(s.ifaces) {
		s.ifaces = now
	}
	if !s.begun && len(s.read.Frames) > 0 {
		s.begun, s.base = true, s.read.Frames[0].Time
	}
}

// Read implements capture.Source: the frames that are due, or after a while without any
// the time alone.
func (s *Source) Read(b *capture.Batch) error {
	b.Frames, b.Buf = b.Frames[:0], b.Buf[:0]
	if s.start == 0 {
		s.start = time.Now().UnixNano()
		s.latest = s.start
	}
	for waited := false; ; {
		select {
		case <-s.ctx.Done():
			return io.EOF
		default:
		}
		if s.next == len(s.read.Frames) {
			if err := s.advance(); err != nil {
				return err
			}
			continue
		}
		now := time.Now().UnixNano()
		b.Now = now
		if n := s.due(now); n > s.next || waited {
			s.hand(b, n, now)
			return nil
		}
		waited = s.wait(now)
	}
}

// advance reads on when all frames are handed out: in the file, or in the next round.
func (s *Source) advance() error {
	if s.err == nil {
		s.more()
		return nil
	}
	if !errors.Is(s.err, io.EOF) {
		return s.err
	}
	s.damage = s.file.Damage()
	if s.round == s.cfg.Loops || !s.begun {
		return io.EOF
	}
	if err := s.Close(); err != nil {
		return err
	}
	s.start = s.latest + int64(pause)
	return s.open()
}

// at is when a frame is due that was recorded at a time.
func (s *Source) at(recorded int64) int64 {
	return s.start + int64(float64(recorded-s.base)/s.cfg.Speed)
}

// due returns up to which frame they are.
func (s *Source) due(now int64) int {
	n := s.next
	for n < len(s.read.Frames) && s.at(s.read.Frames[n].Time) <= now {
		n++
	}
	return n
}

// wait lets time pass until the next frame is due, but not too little or too much, and
// tells whether it was all the time that Read has.
func (s *Source) wait(now int64) bool {
	left := time.Duration(s.at(s.read.Frames[s.next].Time) - now)
	timer := time.NewTimer(min(max(left, granularity), patience))
	defer timer.Stop()
	select {
	case <-s.ctx.Done():
	case <-timer.C:
	}
	return left >= patience
}

// hand gives the frames up to n to b: whole batches as they are, parts as a copy, because
// a batch has its memory for itself.
func (s *Source) hand(b *capture.Batch, n int, now int64) {
	if s.next == 0 && n == len(s.read.Frames) {
		*b, s.read = s.read, *b
		s.read.Frames = s.read.Frames[:0]
		n = 0
	} else {
		size := 0
		for _, f := range s.read.Frames[s.next:n] {
			size += len(f.Data)
		}
		if cap(b.Buf) < size {
			b.Buf = make([]byte, 0, size)
		}
		for _, f := range s.read.Frames[s.next:n] {
			from := len(b.Buf)
			b.Buf = append(b.Buf, f.Data...)
			f.Data = b.Buf[from:len(b.Buf):len(b.Buf)]
			b.Frames = append(b.Frames, f)
		}
	}
	s.next, b.Now = n, now
	s.stamp(b.Frames, now)
	if len(b.Frames) > 0 {
		b.Now = s.latest // a reader that is late gets more of the past
	}
}

// stamp moves frames into the present. Those that were not waited for share the time since
// the last ones.
func (s *Source) stamp(frames []capture.Frame, now int64) {
	last := s.latest
	for i := range frames {
		f := &frames[i]
		if math.IsInf(s.cfg.Speed, 1) {
			f.Time = last + int64(float64(now-last)*float64(i+1)/float64(len(frames)))
		} else {
			f.Time = s.at(f.Time)
		}
		s.latest = max(s.latest, f.Time)
	}
}

// Stop implements capture.Live. Frames that are not due yet do not come any more.
func (s *Source) Stop() { s.stop() }

// Interfaces implements capture.Source: those in the file.
func (s *Source) Interfaces() []capture.Interface { return s.ifaces }

// Progress implements capture.Source, for a capture that is played once.
func (s *Source) Progress() (done, total int64) {
	if s.cfg.Loops != 1 || s.file == nil {
		return 0, 0
	}
	return s.file.Progress()
}

// Damage implements capture.Source: that of the round before, or of this one at its end.
func (s *Source) Damage() []error { return s.damage }

// Close closes the file.
func (s *Source) Close() error {
	if s.file == nil { // the next round could not begin
		return nil
	}
	err := s.file.Close()
	s.file = nil
	return err //nolint:wrapcheck // it names the file
}
