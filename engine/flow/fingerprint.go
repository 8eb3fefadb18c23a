package flow

import (
	"strconv"

	"github.com/flowloom/flowloom/engine/packet"
)

// synShape is what tells TCP implementations apart in a SYN: what p0f's signatures
// are made of, without what only the IP header shows.
type synShape struct {
	window, mss  uint16
	ttl          uint8
	scale        uint8
	hasMSS, hasW bool
	kinds        [maxKinds]uint8 // kind + 1 in the order of the options, 0 behind the last
}

// maxKinds is how many options are looked at; 40 bytes hold no more that differ.
const maxKinds = 12

// Option kinds that have a short name (RFC 9293, section 3.2; RFC 7323; RFC 2018).
const (
	optEnd       = 0
	optNop       = 1
	optMSS       = 2
	optScale     = 3
	optSackOK    = 4
	optTimestamp = 8
)

// shapeOf reads a SYN's options; one that is cut ends them.
func shapeOf(p *packet.Packet) synShape {
	s := synShape{window: p.Window, ttl: initialTTL(p.TTL)}
	for n, b := 0, p.TCPOptions; n < maxKinds && len(b) > 0; n++ {
		kind := b[0]
		s.kinds[n] = kind + 1
		if kind == optEnd {
			break
		}
		if kind == optNop {
			b = b[1:]
			continue
		}
		if len(b) < 2 || b[1] < 2 || int(b[1]) > len(b) {
			break
		}
		switch data := b[2:b[1]]; {
		case kind == optMSS && len(data) == 2:
			s.mss, s.hasMSS = uint16(data[0])<<8|uint16(data[1]), true
		case kind == optScale && len(data) == 1:
			s.scale, s.hasW = data[0], true
		}
		b = b[b[1]:]
	}
	return s
}

// initialTTL returns the usual start value from which routers have counted down.
func initialTTL(ttl uint8) uint8 {
	for _, start := range [...]uint8{32, 64, 128} {
		if ttl <= start {
			return start
		}
	}
	return 255
}

// String writes the shape as "ttl:mss:window,scale:options", like p0f.
func (s *synShape) String() string {
	b := strconv.AppendUint(nil, uint64(s.ttl), 10)
	b = appendKnown(append(b, ':'), s.hasMSS, uint64(s.mss))
	b = strconv.AppendUint(append(b, ':'), uint64(s.window), 10)
	b = appendKnown(append(b, ','), s.hasW, uint64(s.scale))
	b = append(b, ':')
	for i, k := range s.kinds {
		if k == 0 {
			break
		}
		if i > 0 {
			b = append(b, ',')
		}
		b = appendOption(b, k-1)
	}
	return string(b)
}

func appendKnown(b []byte, known bool, n uint64) []byte {
	if !known {
		return append(b, '*')
	}
	return strconv.AppendUint(b, n, 10)
}

func appendOption(b []byte, kind uint8) []byte {
	switch kind {
	case optEnd:
		return append(b, "eol"...)
	case optNop:
		return append(b, "nop"...)
	case optMSS:
		return append(b, "mss"...)
	case optScale:
		return append(b, "ws"...)
	case optSackOK:
		return append(b, "sok"...)
	case optTimestamp:
		return append(b, "ts"...)
	default:
		return strconv.AppendUint(append(b, '?'), uint64(kind), 10)
	}
}

// maxShapes bounds the texts that a shard shares among its flows: networks show some
// dozens, only a scanner makes them up.
const maxShapes = 1 << 12

// fingerprint returns the text of a SYN's shape, made once for all flows that share it.
func (s *Shard) fingerprint(p *packet.Packet) *string {
	shape := shapeOf(p)
	text := s.shapes[shape]
	if text == nil {
		if len(s.shapes) >= maxShapes {
			clear(s.shapes)
		}
		made := shape.String()
		text = &made
		s.shapes[shape] = text
	}
	return text
}
