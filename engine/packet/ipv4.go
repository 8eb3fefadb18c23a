package packet

import "encoding/binary"

// ipv4 decodes an IPv4 header with its options (RFC 791, section 3.1) and what
// it carries.
func (d *Decoder) ipv4(p *Packet, b []byte) Reason {
	if len(b) < 20 {
		return TruncatedIP
	}
	n := int(b[0]&0x0f) * 4
	if b[0]>>4 != 4 || n < 20 {
		return BadIP
	}
	if len(b) < n {
		return TruncatedIP
	}
	// A total length of 0 comes from a card that segments for the kernel: the
	// frame is larger than the field can say, and all of it is the packet.
	if total := int(binary.BigEndian.Uint16(b[2:])); total != 0 {
		if total < n {
			return BadIP
		}
		b = d.trimIP(b, total)
	}
	p.IPVersion, p.TOS, p.TTL = 4, b[1], b[8]
	setIPv4(&p.Src, b[12:16])
	setIPv4(&p.Dst, b[16:20])
	const moreFragments, offset = 0x2000, 0x1fff
	if f := binary.BigEndian.Uint16(b[6:]); f&(moreFragments|offset) != 0 {
		id := uint32(binary.BigEndian.Uint16(b[4:]))
		return d.fragment(p, fragment{
			id: id, next: b[9], off: int(f&offset) * 8, more: f&moreFragments != 0,
			data: b[n:], missing: d.missing, overrun: d.overrun,
		})
	}
	return d.upper(p, b[9], b[n:])
}

// setIPv4 writes four bytes as an Addr in two stores, which the hash then can
// load as they are.
func setIPv4(a *Addr, b []byte) {
	binary.LittleEndian.PutUint64(a[:8], 0)
	binary.LittleEndian.PutUint64(a[8:], 0xffff0000|uint64(binary.LittleEndian.Uint32(b))<<32)
}
