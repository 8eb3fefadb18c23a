package enrich

import (
	"math/rand/v2"
	"net/netip"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestRangesAgreeWithASearch compares with looking at every prefix. The addresses
// lie close together, so that prefixes nest and touch.
func TestRangesAgreeWithASearch(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		var p prefixes
		var all []netip.Prefix
		for i := range random.IntN(30) {
			net := netip.PrefixFrom(closeAddr(random), 0)
			net = netip.PrefixFrom(net.Addr(), random.IntN(net.Addr().BitLen()+1)).Masked()
			if random.IntN(2) == 0 {
				net = netip.PrefixFrom(net.Addr(), net.Addr().BitLen()-random.IntN(6)).Masked()
			}
			all = append(all, net)
			p.add(net, uint16(i+1))
		}
		m := p.build()
		for range 200 {
			a := closeAddr(random)
			require.Equal(t, search(all, a), m.find(a), "%s in %s", a, all)
		}
	}
}

// closeAddr is one of few addresses at the ends and in the middle of all.
func closeAddr(random *rand.Rand) netip.Addr {
	low := byte(random.IntN(64))
	edge := []byte{0, 0x7f, 0xff}[random.IntN(3)]
	if edge != 0 {
		low |= 0xc0
	}
	if random.IntN(2) == 0 {
		return netip.AddrFrom4([4]byte{edge, edge, edge, low})
	}
	var b [16]byte
	for i := range b {
		b[i] = edge
	}
	b[15] = low
	return netip.AddrFrom16(b).WithZone("")
}

func search(all []netip.Prefix, a netip.Addr) uint16 {
	best, bits := 0, -1
	for i, p := range all {
		if p.Contains(a) && p.Bits() > bits {
			best, bits = i+1, p.Bits()
		}
	}
	return uint16(best)
}

func TestRangesOfNothing(t *testing.T) {
	t.Parallel()
	var p prefixes
	m := p.build()
	require.Zero(t, m.find(addr("192.0.2.1")))
	require.Zero(t, m.find(netip.Addr{}))
}
