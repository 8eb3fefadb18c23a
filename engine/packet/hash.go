package packet

import (
	"encoding/binary"
	"math/bits"
)

// seed keys the hash: four odd numbers.
type seed [4]uint64

// newSeed draws the numbers from key with SplitMix64.
func newSeed(key uint64) (s seed) {
	for i := range s {
		key += 0x9e3779b97f4a7c15
		z := (key ^ key>>30) * 0xbf58476d1ce4e5b9
		z = (z ^ z>>27) * 0x94d049bb133111eb
		s[i] = z ^ z>>31 | 1
	}
	return s
}

// hash is the same for both directions: each end is mixed by itself, and the
// two meet in a product, which does not know an order. A sum would not do: it
// cannot tell a port added here from one added there.
func (s *seed) hash(p *Packet) uint64 {
	id := p.TunnelID
	if p.Tunnel.OneWayID() {
		id = 0
	}
	rest := uint64(id)<<32 | uint64(p.InnerVLAN&0xfff)<<20 | uint64(p.VLAN)<<8 | uint64(p.Proto)
	ends := fold(s.end(&p.Src, p.SrcPort), s.end(&p.Dst, p.DstPort))
	return fold(ends^fold(rest^s[2], s[1]), s[3])
}

func (s *seed) end(a *Addr, port uint16) uint64 {
	h := fold(binary.LittleEndian.Uint64(a[:8])^s[0], binary.LittleEndian.Uint64(a[8:])^s[1])
	return h + uint64(port)*s[3]
}

// fold multiplies to 128 bits and folds the halves, which carries every bit of
// both numbers to all bits of the result.
func fold(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	return hi ^ lo
}
