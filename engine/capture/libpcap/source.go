package libpcap

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"github.com/gopacket/gopacket/pcap"

	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/engine/capture/filter"
	"github.com/flowloom/flowloom/engine/packet"
)

// Config holds the settings of a capture. Zero fields stand for defaults.
type Config struct {
	// SnapLen is how much is kept of each frame, in bytes; default 65535.
	SnapLen int
	// Buffer is the memory for frames that wait to be read, in bytes; default 64 MiB.
	Buffer int
	// Quiet leaves the interface in its mode; otherwise it is promiscuous.
	Quiet bool
	// Filter makes the program that frames of a link type have to match; nil lets all pass.
	Filter func(packet.LinkType) (*filter.Program, error)
}

const (
	// patience is how long Read waits for frames, and for a batch to be filled.
	patience = 20 * time.Millisecond
	// absence is how often an interface that is away is looked for.
	absence = 100 * time.Millisecond
	// maxFrames and maxBytes bound a batch.
	maxFrames, maxBytes = 2048, 1 << 20

	minSnapLen, maxSnapLen = 64, 1 << 18
	maxBuffer              = 1 << 30
)

// Check says what is wrong with the settings.
func (c Config) Check() error {
	_, err := c.withDefaults()
	return err
}

func (c Config) withDefaults() (Config, error) {
	if c.SnapLen == 0 {
		c.SnapLen = 65535
	}
	if c.Buffer == 0 {
		c.Buffer = 64 << 20
	}
	if c.SnapLen < minSnapLen || c.SnapLen > maxSnapLen {
		return c, fmt.Errorf("cannot keep %d bytes of each frame: choose %d to %d", c.SnapLen, minSnapLen, maxSnapLen)
	}
	if c.Buffer < 1<<20 || c.Buffer > maxBuffer {
		return c, fmt.Errorf("cannot use a buffer of %d MiB: choose 1 to %d", c.Buffer>>20, maxBuffer>>20)
	}
	return c, nil
}

// Source captures on one interface. It is a capture.Live; only Stop may be called from
// another goroutine.
type Source struct {
	name   string
	cfg    Config
	handle *pcap.Handle // nil while the interface is away
	link   packet.LinkType
	// match is the filter, nil without.
	match *filter.Program
	// lost counts the drops of earlier handles, dropped those of all.
	lost, dropped uint64
	stopping      atomic.Bool
	until         int64 // frames after this time do not count; 0 before Stop
}

// Open captures on an interface, which has to be up. It needs the right to, and says so.
func Open(name string, cfg Config) (*Source, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	s := &Source{name: name, cfg: cfg}
	if err := s.open(); err != nil {
		return nil, fmt.Errorf("cannot capture on %s with libpcap: %w", name, err)
	}
	return s, nil
}

var errDenied = fmt.Errorf("%w: this takes a right: become root, or give it to the program once: setcap cap_net_raw,cap_net_admin+ep flowloom", fs.ErrPermission)

func (s *Source) open() error {
	inactive, err := pcap.NewInactiveHandle(s.name)
	if err != nil {
		return err //nolint:wrapcheck // the callers name the interface
	}
	defer inactive.CleanUp()
	for _, step := range []func() error{
		func() error { return inactive.SetSnapLen(s.cfg.SnapLen) },
		func() error { return inactive.SetBufferSize(s.cfg.Buffer) },
		func() error { return inactive.SetPromisc(!s.cfg.Quiet && s.name != "any") },
		func() error { return inactive.SetTimeout(patience) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	handle, err := inactive.Activate()
	if err != nil {
		if strings.Contains(err.Error(), "Permission Denied") {
			return errDenied
		}
		return fmt.Errorf("%w; ip link lists what there is", err)
	}
	s.handle, s.link = handle, linkOf(handle)
	if err := s.filter(); err != nil {
		handle.Close()
		s.handle = nil
		return err
	}
	return nil
}

// linkOf translates the number of a link type that is the system's own.
func linkOf(h *pcap.Handle) packet.LinkType {
	link := packet.LinkType(h.LinkType())
	if link == packet.LinkRawDLT {
		return packet.LinkRaw
	}
	return link
}

// filter has libpcap sieve the frames, in the kernel where it can. What passes is matched
// here: then the kernel's way with VLAN tags, and frames that came before the filter, make
// no difference.
func (s *Source) filter() error {
	if s.cfg.Filter == nil {
		return nil
	}
	var err error
	if s.match, err = s.cfg.Filter(s.link); err != nil || runtime.GOOS != "linux" {
		return err
	}
	code, err := s.match.Sieve(uint32(s.cfg.SnapLen)) //nolint:gosec // below maxSnapLen
	if err != nil {
		return nil //nolint:nilerr // then all of it is done here
	}
	instructions := make([]pcap.BPFInstruction, len(code))
	for i, in := range code {
		instructions[i] = pcap.BPFInstruction{Code: in.Op, Jt: in.Jt, Jf: in.Jf, K: in.K}
	}
	return s.handle.SetBPFInstructionFilter(instructions) //nolint:wrapcheck // the callers name the interface
}

// Read implements capture.Source: the frames of a short while, or the time alone. After
// Stop, what was captured before comes, then io.EOF.
func (s *Source) Read(b *capture.Batch) error {
	b.Frames, b.Buf, b.Now = b.Frames[:0], b.Buf[:0], time.Now().UnixNano()
	if cap(b.Buf) < maxBytes {
		b.Buf = make([]byte, 0, maxBytes)
	}
	if s.stopping.Load() && s.until == 0 {
		s.drops() // those that come later are not ours
		s.until = time.Now().UnixNano()
	}
	var err error
	if s.handle == nil {
		err = s.seek()
	} else {
		err = s.fill(b)
	}
	return err
}

// fill reads until the batch is full, or a while is over.
func (s *Source) fill(b *capture.Batch) error {
	var begin int64
	for n := 0; n < maxFrames; n++ {
		data, info, err := s.handle.ZeroCopyReadPacketData()
		switch {
		case errors.Is(err, pcap.NextErrorTimeoutExpired):
			b.Now = time.Now().UnixNano()
			if s.until != 0 && n == 0 {
				return io.EOF
			}
			return nil
		case err != nil:
			return s.failed()
		}
		now := info.Timestamp.UnixNano()
		if s.until != 0 && now > s.until {
			return s.end(b)
		}
		s.add(b, data, now, info.Length)
		b.Now = now // a reader that is late gets more of the past
		if begin == 0 {
			begin = now
		}
		if now-begin > int64(patience) || cap(b.Buf)-len(b.Buf) < s.cfg.SnapLen {
			return nil
		}
	}
	return nil
}

// end concludes the capture: at the next Read if there are frames with this one.
func (s *Source) end(b *capture.Batch) error {
	s.until = 1 // no frame is that old
	if len(b.Frames) > 0 {
		return nil
	}
	return io.EOF
}

func (s *Source) add(b *capture.Batch, data []byte, at int64, length int) {
	wire := uint32(max(length, len(data))) //nolint:gosec // a frame
	if s.match != nil && !s.match.Match(data, wire) {
		return
	}
	from := len(b.Buf)
	b.Buf = append(b.Buf, data...)
	b.Frames = append(b.Frames, capture.Frame{Time: at, Data: b.Buf[from:len(b.Buf):len(b.Buf)], WireLen: wire, Link: s.link})
}

// failed decides what an error of libpcap means: the interface is away, or the end.
func (s *Source) failed() error {
	err := s.handle.Error()
	if i, missing := net.InterfaceByName(s.name); s.name == "any" || missing == nil && i.Flags&net.FlagUp != 0 {
		return fmt.Errorf("cannot capture on %s any more: %w", s.name, err)
	}
	s.close()
	return nil
}

// seek looks whether the interface is back.
func (s *Source) seek() error {
	if s.stopping.Load() {
		return io.EOF
	}
	time.Sleep(absence)
	if i, err := net.InterfaceByName(s.name); err != nil || i.Flags&net.FlagUp == 0 {
		return nil //nolint:nilerr // it is still away
	}
	if err := s.open(); errors.Is(err, errDenied) {
		return fmt.Errorf("cannot capture on %s, which came back: %w; --capture ring takes no new rights then", s.name, err)
	}
	return nil
}

// drops counts the frames that libpcap and the kernel had no room for, until Stop.
func (s *Source) drops() uint64 {
	if s.handle == nil || s.until != 0 {
		return s.dropped
	}
	if stats, err := s.handle.Stats(); err == nil {
		s.dropped = s.lost + uint64(max(stats.PacketsDropped, 0)) //nolint:gosec // not negative
	}
	return s.dropped
}

func (s *Source) close() {
	if s.handle == nil {
		return
	}
	s.lost = s.drops()
	s.handle.Close()
	s.handle = nil
}

// Stop implements capture.Live.
func (s *Source) Stop() { s.stopping.Store(true) }

// Interfaces implements capture.Source.
func (s *Source) Interfaces() []capture.Interface {
	return []capture.Interface{{Name: s.name, Link: s.link, Dropped: s.drops()}}
}

// Progress implements capture.Source; a wire has no end.
func (s *Source) Progress() (done, total int64) { return 0, 0 }

// Damage implements capture.Source.
func (s *Source) Damage() []error { return nil }

// Close gives the interface back.
func (s *Source) Close() error {
	s.close()
	return nil
}
