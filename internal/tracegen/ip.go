package tracegen

import (
	"encoding/binary"
	"net/netip"
)

// IP protocol numbers (IANA).
const (
	protoICMP   = 1
	protoIPv4   = 4
	protoTCP    = 6
	protoUDP    = 17
	protoIPv6   = 41
	protoFrag   = 44
	protoGRE    = 47
	protoICMPv6 = 58
)

const (
	ipv4Header = 20
	ipv6Header = 40
	fragHeader = 8
)

// ipHeader is what an IP header says apart from lengths and checksums. It
// serves both versions; the addresses decide.
type ipHeader struct {
	src, dst netip.Addr
	proto    uint8
	ttl, tos uint8
	id       uint32
	// mayFragment clears the DF bit of IPv4.
	mayFragment bool
}

// appendIP appends an IP packet (RFC 791, section 3.1; RFC 8200, section 3).
func appendIP(b []byte, h ipHeader, payload []byte) []byte {
	if h.src.Is4() {
		flags := uint16(0x4000)
		if h.mayFragment {
			flags = 0
		}
		return appendIPv4(b, h, flags, payload)
	}
	return appendIPv6(b, h, h.proto, payload)
}

func appendIPv4(b []byte, h ipHeader, flagsOffset uint16, payload []byte) []byte {
	start := len(b)
	b = append(b, 0x45, h.tos)
	b = be16(b, ipv4Header+len(payload))
	b = be16(b, uint16(h.id))
	b = be16(b, flagsOffset)
	b = append(b, h.ttl, h.proto, 0, 0)
	src, dst := h.src.As4(), h.dst.As4()
	b = append(append(b, src[:]...), dst[:]...)
	binary.BigEndian.PutUint16(b[start+10:], fold(sum(0, b[start:])))
	return append(b, payload...)
}

func appendIPv6(b []byte, h ipHeader, next uint8, payload []byte) []byte {
	b = be32(b, 6<<28|uint32(h.tos)<<20)
	b = be16(b, len(payload))
	b = append(b, next, h.ttl)
	src, dst := h.src.As16(), h.dst.As16()
	b = append(append(b, src[:]...), dst[:]...)
	return append(b, payload...)
}

// ipPackets returns the packet in as many fragments as an MTU of mtu bytes
// needs; an MTU of 0 has no limit (RFC 791, section 3.2; RFC 8200, section 4.5).
func ipPackets(h ipHeader, payload []byte, mtu int) [][]byte {
	header := ipv4Header
	if h.src.Is6() {
		header = ipv6Header
	}
	if mtu == 0 || header+len(payload) <= mtu {
		return [][]byte{appendIP(nil, h, payload)}
	}
	if h.src.Is6() {
		header += fragHeader
	}
	step := max((mtu-header)&^7, 8)
	var out [][]byte
	for offset := 0; offset < len(payload); offset += step {
		part := payload[offset:min(offset+step, len(payload))]
		more := offset+len(part) < len(payload)
		out = append(out, ipFragment(h, part, offset, more))
	}
	return out
}

func ipFragment(h ipHeader, part []byte, offset int, more bool) []byte {
	if h.src.Is4() {
		flagsOffset := uint16(offset / 8)
		if more {
			flagsOffset |= 0x2000
		}
		return appendIPv4(nil, h, flagsOffset, part)
	}
	f := []byte{h.proto, 0}
	offsetFlags := uint16(offset)
	if more {
		offsetFlags |= 1
	}
	f = be16(f, offsetFlags)
	f = be32(f, h.id)
	return appendIPv6(nil, h, protoFrag, append(f, part...))
}

// appendUDP appends a UDP datagram with its checksum (RFC 768).
func appendUDP(b []byte, src, dst netip.AddrPort, payload []byte) []byte {
	start := len(b)
	b = be16(b, src.Port())
	b = be16(b, dst.Port())
	b = be16(b, 8+len(payload))
	b = append(b, 0, 0)
	b = append(b, payload...)
	setChecksum(b[start:], 6, src.Addr(), dst.Addr(), protoUDP)
	return b
}
