package packet

import "encoding/binary"

// PPP protocol numbers (IANA "Point-to-Point Protocol Field Assignments").
const (
	pppIPv4          = 0x0021
	pppIPv6          = 0x0057
	pppMPLS          = 0x0281
	pppMPLSMulticast = 0x0283
)

// ppp decodes a PPP frame, with or without address and control bytes and with
// or without compression of the protocol field (RFC 1661 section 6.5, RFC 1662
// section 3.1).
func (d *Decoder) ppp(p *Packet, b []byte) Reason {
	if len(b) >= 2 && b[0] == 0xff && b[1] == 0x03 {
		b = b[2:]
	}
	if len(b) < 2 {
		return TruncatedLink
	}
	// The low bit of the protocol's last byte is set, that of its first is not.
	protocol, n := uint16(b[0]), 1
	if b[0]&1 == 0 {
		protocol, n = binary.BigEndian.Uint16(b), 2
	}
	b = b[n:]
	switch protocol {
	case pppIPv4:
		return d.ipv4(p, b)
	case pppIPv6:
		return d.ipv6(p, b)
	case pppMPLS, pppMPLSMulticast:
		return d.mpls(p, b)
	}
	return NotIP
}

// hdlc decodes PPP in HDLC-like framing or Cisco's HDLC (RFC 1547, section
// 4.3.1): a capture of a serial line may hold either, and the address byte tells.
func (d *Decoder) hdlc(p *Packet, b []byte) Reason {
	const unicast, multicast = 0x0f, 0x8f
	if len(b) < 4 {
		return TruncatedLink
	}
	if b[0] != unicast && b[0] != multicast {
		return d.ppp(p, b)
	}
	typ := binary.BigEndian.Uint16(b[2:])
	if typ < minEtherType {
		return NotIP
	}
	return d.etherType(p, typ, b[4:])
}

// loopback decodes the four-byte address family of BSD loopbacks. Its byte order
// is that of the capturing host, which need not be ours; the number of IPv6
// differs between systems.
func (d *Decoder) loopback(p *Packet, b []byte) Reason {
	if len(b) < 4 {
		return TruncatedLink
	}
	family := binary.LittleEndian.Uint32(b)
	if family > 0xffff {
		family = binary.BigEndian.Uint32(b)
	}
	switch family {
	case 2:
		return d.ipv4(p, b[4:])
	case 10, 24, 28, 30: // Linux, NetBSD and OpenBSD, FreeBSD, Darwin
		return d.ipv6(p, b[4:])
	}
	return NotIP
}

// sll decodes the header of a Linux cooked capture, version 1
// (https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL.html).
func (d *Decoder) sll(p *Packet, b []byte) Reason {
	if len(b) < 16 {
		return TruncatedLink
	}
	arphrd := binary.BigEndian.Uint16(b[2:])
	if binary.BigEndian.Uint16(b[4:]) == 6 {
		p.SrcMAC = [6]byte(b[6:12])
	}
	return d.cooked(p, arphrd, binary.BigEndian.Uint16(b[14:]), b[16:])
}

// sll2 decodes the header of a Linux cooked capture, version 2
// (https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL2.html).
func (d *Decoder) sll2(p *Packet, b []byte) Reason {
	if len(b) < 20 {
		return TruncatedLink
	}
	if b[11] == 6 {
		p.SrcMAC = [6]byte(b[12:18])
	}
	return d.cooked(p, binary.BigEndian.Uint16(b[8:]), binary.BigEndian.Uint16(b), b[20:])
}

// cooked decodes what a cooked header announces: an EtherType, one of Linux's
// own small numbers, or something that the hardware type alone explains.
func (d *Decoder) cooked(p *Packet, arphrd, protocol uint16, b []byte) Reason {
	const (
		hardwareRadiotap = 803
		hardwareNetlink  = 824
		protocolLLC      = 4
	)
	switch {
	case arphrd == hardwareNetlink:
		return NotIP
	case arphrd == hardwareRadiotap:
		return d.radiotap(p, b)
	case protocol == protocolLLC:
		return d.llc(p, b)
	case protocol < minEtherType:
		return NotIP
	}
	return d.etherType(p, protocol, b)
}
