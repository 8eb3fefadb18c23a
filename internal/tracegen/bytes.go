package tracegen

import (
	"encoding/binary"
	"net/netip"
)

// be16 and be32 append numbers in network byte order.
func be16[T ~uint16 | ~int](b []byte, v T) []byte {
	return binary.BigEndian.AppendUint16(b, uint16(v))
}

func be32(b []byte, v uint32) []byte { return binary.BigEndian.AppendUint32(b, v) }

// sum adds the bytes of b to an Internet checksum that is not folded yet
// (RFC 1071). Only the last part of a sum may have an odd length.
func sum(acc uint32, b []byte) uint32 {
	for len(b) >= 2 {
		acc += uint32(b[0])<<8 | uint32(b[1])
		b = b[2:]
	}
	if len(b) == 1 {
		acc += uint32(b[0]) << 8
	}
	return acc
}

// fold finishes an Internet checksum.
func fold(acc uint32) uint16 {
	for acc > 0xffff {
		acc = acc>>16 + acc&0xffff
	}
	return ^uint16(acc)
}

// pseudoSum is the sum of the pseudo header of an upper-layer packet of n bytes
// (RFC 9293, section 3.1; RFC 8200, section 8.1).
func pseudoSum(src, dst netip.Addr, proto uint8, n int) uint32 {
	acc := uint32(proto) + uint32(n)>>16 + uint32(n)&0xffff
	if src.Is4() {
		s, d := src.As4(), dst.As4()
		return sum(sum(acc, s[:]), d[:])
	}
	s, d := src.As16(), dst.As16()
	return sum(sum(acc, s[:]), d[:])
}

// setChecksum writes the checksum of an upper-layer packet at offset at.
func setChecksum(b []byte, at int, src, dst netip.Addr, proto uint8) {
	b[at], b[at+1] = 0, 0
	c := fold(sum(pseudoSum(src, dst, proto, len(b)), b))
	if c == 0 && proto == protoUDP {
		c = 0xffff // RFC 768: zero would mean "no checksum"
	}
	binary.BigEndian.PutUint16(b[at:], c)
}
