package packet

import (
	"encoding/binary"
	"net/netip"
)

// The builders below write headers by the RFCs, each around what it carries.
// Checksums stay 0: the decoder, like every passive observer of offloading
// cards, does not judge them.

var (
	be = binary.BigEndian

	hostA4 = netip.MustParseAddr("192.0.2.1")
	hostB4 = netip.MustParseAddr("198.51.100.2")
	hostA6 = netip.MustParseAddr("2001:db8::1")
	hostB6 = netip.MustParseAddr("2001:db8:1::2")
	macA   = [6]byte{2, 0, 0, 0, 0, 0xa}
	macB   = [6]byte{2, 0, 0, 0, 0, 0xb}
)

func join(parts ...[]byte) []byte {
	var all []byte
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}

func u16(v int) []byte { return be.AppendUint16(nil, uint16(v)) }
func u32(v int) []byte { return be.AppendUint32(nil, uint32(v)) }

func ethFrame(typ int, body []byte) []byte { return join(macB[:], macA[:], u16(typ), body) }

func vlanTag(id, typ int, body []byte) []byte { return join(u16(id), u16(typ), body) }

func snap(typ int, body []byte) []byte {
	return join([]byte{0xaa, 0xaa, 3, 0, 0, 0}, u16(typ), body)
}

// ip4 builds an IPv4 packet from hostA4 to hostB4.
func ip4(proto uint8, body []byte) []byte { return ip4Fragment(proto, 7, 0, false, body) }

func ip4Fragment(proto uint8, id, off int, more bool, body []byte) []byte {
	flags := off / 8
	if more {
		flags |= 0x2000
	}
	return join([]byte{0x45, 0xb8}, u16(20+len(body)), u16(id), u16(flags), []byte{64, proto, 0, 0},
		hostA4.AsSlice(), hostB4.AsSlice(), body)
}

// ip4Options is ip4 with eight bytes of options.
func ip4Options(proto uint8, body []byte) []byte {
	b := ip4(proto, join([]byte{1, 1, 1, 1, 1, 1, 1, 0}, body))
	b[0] = 0x47
	return b
}

func ip6(next uint8, body []byte) []byte {
	return join([]byte{0x6b, 0x80, 0, 0}, u16(len(body)), []byte{next, 64}, hostA6.AsSlice(), hostB6.AsSlice(), body)
}

// ext6 builds an extension header of eight bytes.
func ext6(next uint8, body []byte) []byte { return join([]byte{next, 0, 1, 4, 0, 0, 0, 0}, body) }

func frag6(next uint8, id, off int, more bool, body []byte) []byte {
	if more {
		off |= 1
	}
	return join([]byte{next, 0}, u16(off), u32(id), body)
}

func udpDatagram(src, dst int, body []byte) []byte {
	return join(u16(src), u16(dst), u16(8+len(body)), u16(0), body)
}

func tcpSegment(src, dst int, options, body []byte) []byte {
	words := (20 + len(options)) / 4
	return join(u16(src), u16(dst), u32(0x01020304), u32(0x05060708), []byte{byte(words << 4), ACK | PSH}, u16(8192), u32(0), options, body)
}

func gtpu8(flags, typ byte, teid int, body []byte) []byte {
	return join([]byte{flags, typ}, u16(len(body)), u32(teid), body)
}

// frame wraps an IP packet in Ethernet.
func frame(ip []byte) []byte {
	if ip[0]>>4 == 6 {
		return ethFrame(etherIPv6, ip)
	}
	return ethFrame(etherIPv4, ip)
}

// decode decodes a frame that was captured whole with a decoder of its own.
func decode(link LinkType, data []byte) (Packet, Reason) {
	var p Packet
	r := NewDecoder(Options{}).Decode(link, 1, uint32(len(data)), data, &p)
	return p, r
}
