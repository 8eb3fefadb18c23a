package packet

import "encoding/binary"

// IPv6 extension headers (IANA "IPv6 Extension Header Types"). AH and ESP are
// not among them here: they are flows of their own protocol.
const (
	extHopByHop    = 0
	extRouting     = 43
	extFragment    = 44
	extDestination = 60
	extMobility    = 135
	noNextHeader   = 59
)

// maxExtensions bounds the extension headers of one packet.
const maxExtensions = 16

// ipv6 decodes an IPv6 header (RFC 8200, section 3) and what it carries.
func (d *Decoder) ipv6(p *Packet, b []byte) Reason {
	const n = 40
	if len(b) == 0 {
		return TruncatedIP
	}
	if b[0]>>4 != 6 {
		return BadIP
	}
	if len(b) < n {
		return TruncatedIP
	}
	// A payload length of 0 is a jumbogram (RFC 2675) or comes from a card that
	// segments for the kernel: all of the frame is the packet.
	if length := int(binary.BigEndian.Uint16(b[4:])); length != 0 || b[6] == noNextHeader {
		b = d.trimIP(b, n+length)
	}
	p.IPVersion, p.TOS, p.TTL = 6, b[0]<<4|b[1]>>4, b[7]
	p.Src, p.Dst = Addr(b[8:24]), Addr(b[24:40])
	return d.extensions(p, b[6], b[n:])
}

// extensions follows the chain of extension headers to the transport header.
func (d *Decoder) extensions(p *Packet, next uint8, b []byte) Reason {
	for range maxExtensions {
		p.Proto = next
		switch next {
		case extFragment:
			if len(b) < 8 {
				return d.cutExtension()
			}
			if binary.BigEndian.Uint16(b[2:])&^0x0006 != 0 {
				return d.fragment6(p, b)
			}
			next, b = b[0], b[8:] // an atomic fragment is a whole packet (RFC 6946)
		case extHopByHop, extRouting, extDestination, extMobility:
			after, rest, ok := skipExtension(b)
			if !ok {
				return d.cutExtension()
			}
			next, b = after, rest
		default:
			return d.upper(p, next, b)
		}
	}
	return TooDeep
}

// skipExtension returns the header after the one at b and its number.
func skipExtension(b []byte) (next uint8, rest []byte, ok bool) {
	if len(b) < 8 {
		return 0, nil, false
	}
	n := (int(b[1]) + 1) * 8
	if len(b) < n {
		return 0, nil, false
	}
	return b[0], b[n:], true
}

// cutExtension tells an extension header cut by the snap length from one that
// does not fit into its packet.
func (d *Decoder) cutExtension() Reason {
	if d.missing > 0 {
		return TruncatedIP
	}
	return BadIP
}

// fragment6 decodes a fragment header (RFC 8200, section 4.5).
func (d *Decoder) fragment6(p *Packet, b []byte) Reason {
	f := binary.BigEndian.Uint16(b[2:])
	return d.fragment(p, fragment{
		id: binary.BigEndian.Uint32(b[4:]), next: b[0], off: int(f &^ 7), more: f&1 != 0,
		data: b[8:], missing: d.missing, overrun: d.overrun,
	})
}

// upperOf returns the transport protocol and its bytes in the first fragment of
// an IPv6 datagram, as far as the chain of headers is there.
func upperOf(next uint8, b []byte) (proto uint8, rest []byte) {
	for range maxExtensions {
		switch next {
		case extHopByHop, extRouting, extDestination, extMobility:
			after, rest, ok := skipExtension(b)
			if !ok {
				return next, b
			}
			next, b = after, rest
		default:
			return next, b
		}
	}
	return next, b
}
