package tracegen

import (
	"context"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/flowloom/flowloom/engine/packet"
)

// TCP is one connection.
type TCP struct {
	// At is the time of the first frame since the trace's start.
	At             time.Duration
	Client, Server Endpoint
	// Exchange may be nil for a connection without data.
	Exchange Exchange
	// RTT is the round-trip time, 20 ms when 0. The capture sits near the client:
	// a quarter of RTT is on the client's side of it.
	RTT time.Duration
	// MSS is the largest payload of a segment, by default what fits 1500 bytes of
	// IP with the path's headers.
	MSS  int
	Open Open
	End  End
	Loss Loss
	// ZeroWindow makes the receiver of the first message that takes more than one
	// flight close its window for that long.
	ZeroWindow time.Duration
	Path       Path
}

// Open says how a connection begins.
type Open uint8

// The beginnings of a connection.
const (
	Handshake  Open = iota // SYN, SYN/ACK, ACK
	MidStream              // no handshake: the capture began later
	Refused                // SYN, RST
	Unanswered             // SYN, sent three times
)

// End says how a connection ends.
type End uint8

// The ends of a connection.
const (
	ClientFIN End = iota // the client closes first, both say FIN
	ServerFIN            // the server closes first
	ClientRST            // the client resets
	ServerRST            // the server resets
	StayOpen             // the capture ends before the connection
)

// Loss is which data segments are lost and sent again.
type Loss struct {
	// Rate is the share of data segments that are lost, 0 to 1.
	Rate float64
	// Segments are the numbers of further lost segments, counting the data
	// segments of both sides from 0.
	Segments []int
	// BeforeCapture loses them before the capture, which then sees a gap and a
	// late segment; otherwise it sees each such segment twice.
	BeforeCapture bool
}

func (t TCP) plan(ctx context.Context, rng *rand.Rand) (plan, error) {
	pl := plan{client: t.Client, server: t.Server, path: t.Path}
	var messages []Message
	if t.Exchange != nil {
		recorded, err := t.Exchange(ctx)
		if err != nil {
			return pl, err
		}
		for _, m := range recorded {
			m.Data = slices.Clip(m.Data) // merging must not write into the recording
			messages = appendMerged(messages, m)
		}
	}
	c := newConnection(t, rng)
	if c.open() {
		for _, m := range messages {
			c.message(m)
		}
		c.close()
	}
	pl.packets = c.packets()
	return pl, nil
}

// mss is the segment size; see [TCP.MSS]. The option for time stamps takes 12 bytes.
func (t TCP) mss() int {
	if t.MSS > 0 {
		return t.MSS
	}
	ip := ipv4Header
	if t.Client.Addr.Is6() {
		ip = ipv6Header
	}
	return 1500 - ip - tcpHeader - timestampOption - t.Path.overhead()
}

// open plays the handshake and reports whether there is a connection.
func (c *connection) open() bool {
	switch c.cfg.Open {
	case MidStream:
		return true
	case Unanswered:
		for _, wait := range []time.Duration{0, time.Second, 2 * time.Second} {
			c.now += wait
			c.emit(client, packet.SYN, 0, nil)
		}
		return false
	case Refused:
		c.emit(client, packet.SYN, 0, nil)
		c.seq[client]++
		c.seq[server] = 0 // no connection, no number (RFC 9293, section 3.10.7.1)
		c.now += c.delays.server
		c.emit(server, packet.RST|packet.ACK, c.seq[client], nil)
		return false
	}
	c.emit(client, packet.SYN, 0, nil)
	c.seq[client]++
	c.now += c.delays.server
	c.emit(server, packet.SYN|packet.ACK, c.seq[client], nil)
	c.seq[server]++
	c.now += c.delays.client
	c.emit(client, packet.ACK, c.seq[server], nil)
	c.last = client
	return true
}

// close ends the connection. The first to close acknowledges what is open.
func (c *connection) close() {
	if c.cfg.End == StayOpen {
		c.acknowledge()
		return
	}
	side := client
	if c.cfg.End == ServerFIN || c.cfg.End == ServerRST {
		side = server
	}
	c.turn(side, 0)
	switch c.cfg.End {
	case ClientRST, ServerRST:
		c.emit(side, packet.RST|packet.ACK, c.seq[side.other()], nil)
	default:
		c.emit(side, packet.FIN|packet.ACK, c.seq[side.other()], nil)
		c.seq[side]++
		c.now += c.delayTo(side.other())
		c.emit(side.other(), packet.FIN|packet.ACK, c.seq[side], nil)
		c.seq[side.other()]++
		c.now += c.delayTo(side)
		c.emit(side, packet.ACK, c.seq[side.other()], nil)
	}
}
