package flow

import (
	"math"

	"github.com/flowloom/flowloom/engine/packet"
)

// count adds a packet captured at t to what its side sent. A packet that stands
// for several frames counts as so many of their mean length, at the same time.
func (d *direction) count(p *packet.Packet, t int64) {
	n := uint64(max(p.Count, 1))
	length := p.WireLen
	shortest, longest := length, length
	if n > 1 {
		shortest = uint32(uint64(length) / n)          //nolint:gosec // not above length
		longest = uint32((uint64(length) + n - 1) / n) //nolint:gosec // not above length
		length = shortest
	}
	if d.packets == 0 {
		d.first, d.last = t, t
		d.lenFirst, d.lenMin, d.lenMax = length, shortest, longest
		d.ttl, d.dscp = p.TTL, p.TOS>>2
		if n > 1 {
			d.gaps(n-1, 0, 1)
		}
	} else {
		d.gap(t, n)
		d.lenMin, d.lenMax = min(d.lenMin, shortest), max(d.lenMax, longest)
		d.ttl = min(d.ttl, p.TTL)
	}
	off := float64(int64(length) - int64(d.lenFirst))
	d.lenSq += off * off * float64(n)
	d.packets += n
	d.bytes += uint64(p.WireLen)
	d.payload += uint64(p.PayloadLen)
}

// gap adds the time since the packet before. Time that runs backwards is no gap:
// last stays, so that the sum of gaps is always last less first.
func (d *direction) gap(t int64, n uint64) {
	gap := max(t-d.last, 0)
	d.last += gap
	d.gaps(1, gap, d.packets)
	if n > 1 {
		d.gaps(n-1, 0, d.packets+1)
	}
}

// gaps adds n equal gaps; packets is the number of packets before the first.
func (d *direction) gaps(n uint64, gap int64, packets uint64) {
	if packets == 1 {
		d.gapFirst, d.gapMin, d.gapMax = gap, gap, gap
		return
	}
	d.gapMin, d.gapMax = min(d.gapMin, gap), max(d.gapMax, gap)
	off := float64(gap - d.gapFirst)
	d.gapSq += off * off * float64(n)
}

func (d *direction) lenMean() float64 { return float64(d.bytes) / float64(d.packets) }

// lenStddev returns the population standard deviation of the packet lengths.
func (d *direction) lenStddev() float64 {
	return stddev(d.lenSq, d.lenMean()-float64(d.lenFirst), float64(d.packets))
}

// gapMean returns the mean gap in nanoseconds; there must be two packets.
func (d *direction) gapMean() float64 { return float64(d.last-d.first) / float64(d.packets-1) }

// gapStddev returns the population standard deviation of the gaps.
func (d *direction) gapStddev() float64 {
	return stddev(d.gapSq, d.gapMean()-float64(d.gapFirst), float64(d.packets-1))
}

// stddev returns the deviation of n values of which the squared distances from
// some value sum up to squares, and whose mean is that value plus shift.
func stddev(squares, shift, n float64) float64 {
	return math.Sqrt(max(squares/n-shift*shift, 0))
}
