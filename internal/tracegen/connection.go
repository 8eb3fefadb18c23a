package tracegen

import (
	"math/rand/v2"
	"slices"
	"time"

	"github.com/flowloom/flowloom/engine/packet"
)

const (
	tcpHeader       = 20
	timestampOption = 12

	initialWindow = 10 // segments, RFC 6928
	maximumWindow = 128
	windowScale   = 7
	window        = 64240
	scaledWindow  = window >> windowScale
	delayedACK    = 40 * time.Millisecond
	minimumRTO    = 200 * time.Millisecond
)

// side is one end of a connection.
type side uint8

const (
	client side = iota
	server
)

func (s side) other() side { return 1 - s }

// connection plays a TCP connection as seen at the point of capture. Only one
// side sends data at a time, so a clock and two sequence numbers are all of the
// state; acknowledgements are emitted ahead of the clock and sorted in later.
type connection struct {
	cfg      TCP
	rng      *rand.Rand
	delays   delays
	mss      int
	now      time.Duration
	last     side      // who sent last
	seq      [2]uint32 // next sequence number of each side
	clock    [2]uint32 // time stamp clocks (RFC 7323, section 5.4)
	congWin  int       // segments in a flight
	unacked  int       // data segments of the side that sent last, not acknowledged
	lastData time.Duration
	sent     int // data segments, for Loss.Segments
	stalled  bool
	segments []segment
}

type segment struct {
	at       time.Duration
	from     side
	flags    uint8
	seq, ack uint32
	window   uint16
	data     []byte
}

func newConnection(cfg TCP, rng *rand.Rand) *connection {
	return &connection{
		cfg: cfg, rng: rng, now: cfg.At, mss: cfg.mss(), congWin: initialWindow, delays: newDelays(cfg.RTT),
		seq:   [2]uint32{rng.Uint32(), rng.Uint32()},
		clock: [2]uint32{rng.Uint32(), rng.Uint32()},
	}
}

// delayTo is the time in which side s answers what was just captured.
func (c *connection) delayTo(s side) time.Duration { return c.delays.to(s == server) }

// emit captures a segment now.
func (c *connection) emit(from side, flags uint8, ack uint32, data []byte) {
	c.emitAt(c.now, segment{from: from, flags: flags, seq: c.seq[from], ack: ack, window: scaledWindow, data: data})
}

func (c *connection) emitAt(at time.Duration, s segment) {
	s.at = at
	if s.flags&packet.SYN != 0 {
		s.window = window // never scaled (RFC 7323, section 2.2)
	}
	if s.flags&packet.RST != 0 {
		s.window = 0
	}
	c.segments = append(c.segments, s)
}

// turn moves the clock to when side s sends after a wait. What s sends then
// acknowledges all that came from the other.
func (c *connection) turn(s side, wait time.Duration) {
	switch {
	case s != c.last:
		if wait > c.delayTo(s)+delayedACK {
			c.acknowledge()
		}
		c.now += max(wait, c.delayTo(s))
		c.unacked = 0
	case wait > delayedACK:
		c.acknowledge()
		c.now += wait
	default:
		c.now += wait
	}
	c.last = s
}

// acknowledge sends the delayed ACK of data that nothing else acknowledged.
func (c *connection) acknowledge() {
	if c.unacked > 0 {
		c.ackAt(c.lastData+c.delayTo(c.last.other())+delayedACK/2, c.seq[c.last], scaledWindow)
	}
}

// ackAt emits a bare ACK by the side that is receiving.
func (c *connection) ackAt(at time.Duration, ack uint32, win uint16) {
	from := c.last.other()
	c.emitAt(at, segment{from: from, flags: packet.ACK, seq: c.seq[from], ack: ack, window: win})
	c.unacked = 0
}

// message sends the data of one message in flights that grow as in slow start
// (RFC 5681, section 3.1).
func (c *connection) message(m Message) {
	from := client
	if m.FromServer {
		from = server
	}
	c.turn(from, m.Wait)
	data := m.Data
	for len(data) > 0 {
		n := min(len(data), c.congWin*c.mss)
		last := n == len(data)
		clean := c.flight(from, data[:n], last)
		data = data[n:]
		if last {
			return
		}
		c.now = c.lastData + c.delays.rtt()
		if clean {
			c.congWin = min(2*c.congWin, maximumWindow)
		} else {
			c.congWin = max(c.congWin/2, 2)
		}
		if c.cfg.ZeroWindow > 0 && !c.stalled {
			c.stall(from)
		}
	}
}

// flight sends segments back to back, each second one acknowledged (RFC 9293,
// section 3.8.6.3), and reports whether none was lost. After the last flight of
// a message an odd segment stays open, for the answer to acknowledge.
func (c *connection) flight(from side, data []byte, last bool) bool {
	var lost []segment
	dups := 0
	for len(data) > 0 {
		n := min(len(data), c.mss)
		s := segment{from: from, flags: packet.ACK, seq: c.seq[from], ack: c.seq[from.other()], window: scaledWindow, data: data[:n]}
		data = data[n:]
		if last && len(data) == 0 {
			s.flags |= packet.PSH
		}
		isLost := c.loses()
		if !isLost || !c.cfg.Loss.BeforeCapture {
			c.emitAt(c.now, s)
		}
		c.seq[from] += uint32(n)
		c.lastData = c.now
		ackTime := c.now + c.delayTo(from.other())
		switch {
		case isLost:
			lost = append(lost, s)
		case len(lost) > 0:
			dups++
			c.ackAt(ackTime, lost[0].seq, scaledWindow)
		default:
			if c.unacked++; c.unacked == 2 {
				c.ackAt(ackTime, c.seq[from], scaledWindow)
			}
		}
		c.now += serialization(n)
	}
	c.retransmit(lost, dups)
	if !last && c.unacked > 0 {
		c.ackAt(c.lastData+c.delayTo(from.other()), c.seq[from], scaledWindow)
	}
	return len(lost) == 0
}

// retransmit sends lost segments again, a round trip apart: the first after
// three duplicate acknowledgements or else a timeout (RFC 5681, section 3.2).
func (c *connection) retransmit(lost []segment, dups int) {
	for i, s := range lost {
		switch {
		case i == 0 && dups < 3:
			c.now = c.lastData + max(minimumRTO, 2*c.delays.rtt())
		case i == 0:
			c.now = max(c.now, c.lastData+c.delays.rtt())
		default:
			c.now += c.delays.rtt()
		}
		c.emitAt(c.now, s)
		c.lastData = c.now
		ack := c.seq[s.from]
		if i+1 < len(lost) {
			ack = lost[i+1].seq
		}
		c.ackAt(c.now+c.delayTo(s.from.other()), ack, scaledWindow)
	}
}

// loses decides whether the next data segment is lost.
func (c *connection) loses() bool {
	number := c.sent
	c.sent++
	return c.rng.Float64() < c.cfg.Loss.Rate || slices.Contains(c.cfg.Loss.Segments, number)
}

// stall closes the receiver's window, has the sender probe it, and opens it
// again (RFC 9293, section 3.8.6.1). The probe repeats the last byte's number
// without data.
func (c *connection) stall(from side) {
	c.stalled = true
	c.ackAt(c.now, c.seq[from], 0)
	end := c.now + c.cfg.ZeroWindow
	for probe := c.now + minimumRTO; probe < end-c.delays.rtt(); probe += 2 * minimumRTO {
		c.emitAt(probe, segment{from: from, flags: packet.ACK, seq: c.seq[from] - 1, ack: c.seq[from.other()], window: scaledWindow})
		c.ackAt(probe+c.delayTo(from.other()), c.seq[from], 0)
	}
	c.ackAt(end, c.seq[from], scaledWindow)
	c.now = end + c.delayTo(from)
}
