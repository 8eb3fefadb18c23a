package tracegen

import (
	"slices"
	"time"

	"github.com/flowloom/flowloom/engine/packet"
)

// packets sorts the segments by time and encodes them. Time stamps are filled
// in here, because what a segment echoes depends on what was captured before it.
func (c *connection) packets() []ipPayload {
	slices.SortStableFunc(c.segments, func(a, b segment) int { return int(a.at - b.at) })
	var latest [2]uint32
	out := make([]ipPayload, 0, len(c.segments))
	for _, s := range c.segments {
		value := c.clock[s.from] + uint32((s.at-c.cfg.At)/time.Millisecond)
		body := c.encode(s, value, latest[s.from.other()])
		latest[s.from] = value
		out = append(out, ipPayload{at: s.at, fromServer: s.from == server, proto: protoTCP, body: body})
	}
	return out
}

// encode builds the segment (RFC 9293, section 3.1) with the options that Linux
// sends: MSS, time stamps (RFC 7323) and, in a SYN, window scale.
func (c *connection) encode(s segment, value, echo uint32) []byte {
	src, dst := c.cfg.Client, c.cfg.Server
	if s.from == server {
		src, dst = dst, src
	}
	var options []byte
	stamps := be32(be32([]byte{8, 10}, value), echo)
	switch {
	case s.flags&packet.RST != 0:
	case s.flags&packet.SYN != 0:
		mss := c.mss + timestampOption
		options = append(be16([]byte{2, 4}, mss), 1, 1)
		options = append(append(options, stamps...), 1, 3, 3, windowScale)
	default:
		options = append([]byte{1, 1}, stamps...)
	}
	b := be16(nil, src.Port)
	b = be16(b, dst.Port)
	b = be32(b, s.seq)
	if s.flags&packet.ACK == 0 {
		s.ack = 0
	}
	b = be32(b, s.ack)
	b = append(b, uint8(tcpHeader+len(options))/4<<4, s.flags)
	b = be16(b, s.window)
	b = append(b, 0, 0, 0, 0)
	b = append(b, options...)
	b = append(b, s.data...)
	setChecksum(b, 16, src.Addr, dst.Addr, protoTCP)
	return b
}
