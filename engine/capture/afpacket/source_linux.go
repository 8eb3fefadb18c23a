package afpacket

import (
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/sys/unix"

	"github.com/flowloom/flowloom/engine/capture"
)

// Source captures on one or more interfaces. It is a capture.Live; only Stop may be
// called from another goroutine.
type Source struct {
	ports []*port
	polls []unix.PollFd // of all rings, in their order
	// away tells that a port is; retry is when it is looked for.
	away  bool
	retry time.Time
	// stopping is set by Stop; until then is the time at which the rings are empty.
	stopping atomic.Bool
	until    time.Time
}

// Open captures on the interfaces of these names. It needs the right to
// (CAP_NET_RAW), and says so. A name that comes twice is an error.
func Open(interfaces []string, cfg Config) (*Source, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	if len(interfaces) == 0 {
		return nil, errors.New("cannot capture on no interface: name one, there are " + names())
	}
	s := &Source{}
	known := make(map[string]bool)
	for i, name := range interfaces {
		if known[name] {
			err = fmt.Errorf("cannot capture twice on %s", name)
		}
		known[name] = true
		var p *port
		if err == nil {
			p, err = open(name, i, &cfg)
		}
		if err != nil {
			_ = s.Close()
			return nil, err
		}
		s.ports = append(s.ports, p)
	}
	s.watch()
	return s, nil
}

// watch notes what there is to wait for.
func (s *Source) watch() {
	s.polls = s.polls[:0]
	for _, p := range s.ports {
		for _, r := range p.rings {
			s.polls = append(s.polls, unix.PollFd{Fd: int32(r.fd), Events: unix.POLLIN | unix.POLLERR}) //nolint:gosec // small
		}
	}
}

// names lists the interfaces that there are.
func names() string {
	all, err := net.Interfaces()
	if err != nil || len(all) == 0 {
		return "none"
	}
	var list []string
	for _, i := range all {
		list = append(list, i.Name)
	}
	return strings.Join(list, ", ")
}

// Read implements capture.Source: one block of frames, or after a while without any the
// time alone. After Stop, what is still in the rings comes, then io.EOF.
func (s *Source) Read(b *capture.Batch) error {
	b.Frames, b.Buf = b.Frames[:0], b.Buf[:0]
	ending := s.ending()
	if !s.block(b) {
		if ending && time.Now().After(s.until) {
			return io.EOF
		}
		if err := s.wait(); err != nil {
			return err
		}
		s.block(b)
	}
	b.Now = time.Now().UnixNano()
	if from, _, since := s.earliest(); from != nil && since > 0 {
		b.Now = min(b.Now, since) // a reader that is late gets more of the past
	}
	return nil
}

// block reads a block of one of the rings: the one that begins first. So frames of
// several rings come nearly in order of time, and those of one flow, which are in one
// ring, entirely.
func (s *Source) block(b *capture.Batch) bool {
	from, block, _ := s.earliest()
	if from != nil {
		from.take(b, block)
	}
	return from != nil
}

// earliest returns the block that begins first of those that wait, with its ring, nil for none.
func (s *Source) earliest() (from *ring, block []byte, since int64) {
	for _, p := range s.ports {
		for _, r := range p.rings {
			waiting := r.waiting()
			if waiting == nil {
				continue
			}
			if at := begins(waiting); from == nil || at < since {
				from, block, since = r, waiting, at
			}
		}
	}
	return from, block, since
}

// ending reports whether Stop was called. The first time it has the kernel take no more
// frames: what it has taken is in the rings once their blocks have been retired.
func (s *Source) ending() bool {
	if !s.stopping.Load() {
		return false
	}
	if s.until.IsZero() {
		for _, p := range s.ports {
			for _, r := range p.rings {
				_ = r.attach(none()) // else frames come until the end, and are read
			}
		}
		s.until = time.Now().Add(3 * retire)
	}
	return true
}

// wait returns when there are frames, or after a while.
func (s *Source) wait() error {
	if err := s.seek(); err != nil {
		return err
	}
	if _, err := unix.Poll(s.polls, int(patience.Milliseconds())); err != nil && !errors.Is(err, unix.EINTR) {
		return fmt.Errorf("cannot wait for frames: %w", err)
	}
	n := 0
	for _, p := range s.ports {
		for _, r := range p.rings {
			if s.polls[n].Revents&unix.POLLERR != 0 {
				if err := p.lost(r); err != nil {
					return err
				}
				s.away = true
			}
			n++
		}
	}
	return nil
}

// seek looks for the interfaces that went away, now and then.
func (s *Source) seek() error {
	if !s.away || time.Now().Before(s.retry) || s.stopping.Load() {
		return nil
	}
	s.retry = time.Now().Add(patience)
	s.away = false
	for _, p := range s.ports {
		if p.away {
			if err := p.seek(); err != nil {
				return err
			}
			s.away = s.away || p.away
		}
	}
	s.watch()
	return nil
}

// Stop implements capture.Live.
func (s *Source) Stop() { s.stopping.Store(true) }

// Interfaces implements capture.Source.
func (s *Source) Interfaces() []capture.Interface {
	var all []capture.Interface
	for _, p := range s.ports {
		all = append(all, capture.Interface{Name: p.name, Link: p.link, Dropped: p.drops()})
	}
	return all
}

// Progress implements capture.Source; a wire has no end.
func (s *Source) Progress() (done, total int64) { return 0, 0 }

// Damage implements capture.Source.
func (s *Source) Damage() []error { return nil }

// Close gives the interfaces back.
func (s *Source) Close() error {
	for _, p := range s.ports {
		p.close()
	}
	return nil
}
