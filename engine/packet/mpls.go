package packet

import "encoding/binary"

// mpls decodes a label stack (RFC 3032). Nothing in it says what it carries, so
// the first nibble behind it decides: 4 and 6 are IP (RFC 4928, section 3),
// anything else may be a pseudo-wire with Ethernet (RFC 4448).
func (d *Decoder) mpls(p *Packet, b []byte) Reason {
	const bottomOfStack = 0x01
	for bottom := false; !bottom; b = b[4:] {
		if len(b) < 4 {
			return TruncatedLink
		}
		if !d.enter() {
			return TooDeep
		}
		bottom = b[2]&bottomOfStack != 0
	}
	if len(b) == 0 {
		return TruncatedLink
	}
	switch b[0] >> 4 {
	case 4:
		return d.ipv4(p, b)
	case 6:
		return d.ipv6(p, b)
	}
	// A control word begins with a zero nibble (RFC 4385, section 3), and so do
	// many MAC addresses.
	if b[0]>>4 == 0 && len(b) >= 4 && looksLikeEthernet(b[4:]) {
		return d.ethernet(p, b[4:])
	}
	if looksLikeEthernet(b) {
		return d.ethernet(p, b)
	}
	return NotIP
}

// looksLikeEthernet reports whether b has an EtherType of ours where an
// Ethernet frame has it.
func looksLikeEthernet(b []byte) bool {
	if len(b) < 14 {
		return false
	}
	switch binary.BigEndian.Uint16(b[12:]) {
	case etherIPv4, etherIPv6, etherVLAN, etherServiceVLAN, etherOldQinQ, etherMPLS, etherPPPoE, etherARP:
		return true
	}
	return false
}
