package host

import (
	"encoding/binary"
	"math"
	"math/bits"
	"slices"

	"github.com/flowloom/flowloom/engine/packet"
)

// Peers are counted exactly up to exactPeers, then estimated by HyperLogLog
// (Flajolet et al., 2007) with 256 registers: a standard error of 6.5 %.
const (
	exactPeers = 64
	registers  = 256
)

// peers counts distinct addresses. The first few hashes stand in place.
type peers struct {
	few   [4]uint32
	n     uint8
	crowd *crowd
}

// crowd is for hosts with more than a few peers.
type crowd struct {
	exact []uint32 // hashes, sorted
	hll   *[registers]uint8
}

func hashAddr(a packet.Addr) uint32 {
	hi, lo := binary.LittleEndian.Uint64(a[:8]), binary.LittleEndian.Uint64(a[8:])
	h, l := bits.Mul64(hi^0x9e3779b97f4a7c15, lo^0xbb67ae8584caa73b)
	z := h ^ l
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return uint32(z>>32) ^ uint32(z) //nolint:gosec // both halves
}

func (p *peers) add(a packet.Addr) {
	h := hashAddr(a)
	if p.crowd != nil {
		p.crowd.add(h)
		return
	}
	if slices.Contains(p.few[:p.n], h) {
		return
	}
	if int(p.n) < len(p.few) {
		p.few[p.n] = h
		p.n++
		return
	}
	p.crowd = &crowd{exact: make([]uint32, 0, 2*len(p.few))}
	for _, old := range p.few {
		p.crowd.add(old)
	}
	p.crowd.add(h)
}

func (c *crowd) add(h uint32) {
	if c.hll != nil {
		c.observe(h)
		return
	}
	at, found := slices.BinarySearch(c.exact, h)
	if found {
		return
	}
	if len(c.exact) < exactPeers {
		c.exact = slices.Insert(c.exact, at, h)
		return
	}
	c.hll = new([registers]uint8)
	for _, old := range c.exact {
		c.observe(old)
	}
	c.exact = nil
	c.observe(h)
}

func (c *crowd) observe(h uint32) {
	rank := uint8(bits.LeadingZeros32(h<<8|1<<7) + 1) //nolint:gosec // at most 25
	if r := &c.hll[h>>24]; rank > *r {
		*r = rank
	}
}

func (p *peers) count() uint64 {
	if p.crowd == nil {
		return uint64(p.n)
	}
	return p.crowd.count()
}

func (c *crowd) count() uint64 {
	if c.hll == nil {
		return uint64(len(c.exact))
	}
	sum, empty := 0.0, 0
	for _, r := range c.hll {
		sum += math.Pow(2, -float64(r))
		if r == 0 {
			empty++
		}
	}
	const alpha = 0.7213 / (1 + 1.079/registers)
	estimate := alpha * registers * registers / sum
	if estimate <= 2.5*registers && empty > 0 {
		estimate = registers * math.Log(registers/float64(empty)) // linear counting for few
	}
	return uint64(math.Round(estimate))
}
