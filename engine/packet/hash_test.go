package packet

import (
	"math/bits"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

func randomPacket(rng *rand.Rand) Packet {
	var p Packet
	for i := range p.Src {
		p.Src[i], p.Dst[i] = byte(rng.Uint32()), byte(rng.Uint32())
	}
	p.SrcPort, p.DstPort = uint16(rng.Uint32()), uint16(rng.Uint32())
	p.Proto, p.VLAN, p.TunnelID = uint8(rng.Uint32()), uint16(rng.IntN(4096)), rng.Uint32()
	return p
}

func reversed(p Packet) Packet {
	p.Src, p.Dst, p.SrcPort, p.DstPort = p.Dst, p.Src, p.DstPort, p.SrcPort
	return p
}

func TestHashIsSymmetric(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	s := newSeed(0)
	for range 1000 {
		p := randomPacket(rng)
		q := reversed(p)
		require.Equal(t, s.hash(&p), s.hash(&q))
	}
}

// Each direction of a GTP-U bearer has a TEID of its own; both must hash alike.
func TestHashLeavesOneWayIDsOut(t *testing.T) {
	t.Parallel()
	s := newSeed(0)
	for kind := NoTunnel; kind < numTunnels; kind++ {
		p, q := Packet{Tunnel: kind, TunnelID: 1}, Packet{Tunnel: kind, TunnelID: 2}
		require.Equal(t, kind.OneWayID(), s.hash(&p) == s.hash(&q), kind.String())
	}
}

// Any one bit of any input flips each output bit with a probability near a half.
func TestHashAvalanche(t *testing.T) {
	t.Parallel()
	const rounds = 2000
	s := newSeed(0)
	for name, flip := range map[string]func(p *Packet, rng *rand.Rand){
		"source":      func(p *Packet, rng *rand.Rand) { p.Src[rng.IntN(16)] ^= 1 << rng.IntN(8) },
		"destination": func(p *Packet, rng *rand.Rand) { p.Dst[rng.IntN(16)] ^= 1 << rng.IntN(8) },
		"port":        func(p *Packet, rng *rand.Rand) { p.DstPort ^= 1 << rng.IntN(16) },
		"protocol":    func(p *Packet, rng *rand.Rand) { p.Proto ^= 1 << rng.IntN(8) },
		"vlan":        func(p *Packet, rng *rand.Rand) { p.VLAN ^= 1 << rng.IntN(12) },
		"tunnel id":   func(p *Packet, rng *rand.Rand) { p.TunnelID ^= 1 << rng.IntN(32) },
	} {
		rng := rand.New(rand.NewPCG(3, 4))
		var flips [64]int
		for range rounds {
			p := randomPacket(rng)
			q := p
			flip(&q, rng)
			for diff := s.hash(&p) ^ s.hash(&q); diff != 0; diff &= diff - 1 {
				flips[bits.TrailingZeros64(diff)]++
			}
		}
		for bit, n := range flips {
			require.InDelta(t, 0.5, float64(n)/rounds, 0.08, "%s, bit %d", name, bit)
		}
	}
}

// Flows as networks have them - neighbouring addresses and ports - fall evenly
// into the buckets of both ends of the hash.
func TestHashSpreads(t *testing.T) {
	t.Parallel()
	const buckets, perBucket = 1 << 10, 64
	s := newSeed(0)
	var low, high [buckets]int
	for i := range buckets * perBucket {
		p := Packet{
			Src: AddrFrom4([4]byte{10, 0, byte(i >> 2), byte(i & 3)}), Dst: AddrFrom4([4]byte{10, 1, 0, 1}),
			SrcPort: uint16(1024 + i>>10), DstPort: 443, Proto: ProtoTCP,
		}
		h := s.hash(&p)
		low[h%buckets]++
		high[h>>54]++
	}
	for i := range buckets {
		require.InDelta(t, perBucket, low[i], 5*8, "low bits")
		require.InDelta(t, perBucket, high[i], 5*8, "high bits")
	}
}

func TestHashSeed(t *testing.T) {
	t.Parallel()
	data := frame(udp4)
	hashes := map[uint64]bool{}
	for key := range uint64(100) {
		var p Packet
		require.Equal(t, OK, NewDecoder(Options{HashSeed: key}).Decode(LinkEthernet, 1, 99, data, &p))
		hashes[p.Hash] = true
	}
	require.Len(t, hashes, 100)
	a, _ := decode(LinkEthernet, data)
	b, _ := decode(LinkEthernet, data)
	require.Equal(t, a.Hash, b.Hash)
}
