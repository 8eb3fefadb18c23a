package enrich

import (
	"cmp"
	"encoding/binary"
	"net/netip"
	"slices"
)

// key is an address as a number.
type key[K any] interface {
	comparable
	compare(K) int
	// after returns the first address behind the prefix that starts here, false when
	// the prefix reaches the last of all.
	after(bits uint8) (K, bool)
}

type key4 uint32

func (k key4) compare(other key4) int { return cmp.Compare(k, other) }

func (k key4) after(bits uint8) (key4, bool) {
	next := uint64(k) + 1<<(32-bits)
	return key4(next), next <= 1<<32-1
}

type key6 struct{ high, low uint64 }

func (k key6) compare(other key6) int {
	if c := cmp.Compare(k.high, other.high); c != 0 {
		return c
	}
	return cmp.Compare(k.low, other.low)
}

func (k key6) after(bits uint8) (key6, bool) {
	next := k
	if bits > 64 {
		next.low += 1 << (128 - bits)
	}
	if bits <= 64 || next.low == 0 {
		step := uint64(1)
		if bits < 64 {
			step <<= 64 - bits
		}
		next.high += step
	}
	return next, next.compare(k) > 0
}

// prefix is one with the value of its addresses.
type prefix[K key[K]] struct {
	first K
	bits  uint8
	value uint16
}

// ranges holds prefixes flattened: from each start to the next one all addresses
// have the same value, that of the longest prefix around them; 0 is none. A lone
// address takes two starts: 12 bytes of IPv4, 36 of IPv6.
type ranges[K key[K]] struct {
	starts []K
	values []uint16
}

// flatten sorts the prefixes. Of equal ones the first counts.
func flatten[K key[K]](all []prefix[K]) ranges[K] {
	slices.SortStableFunc(all, func(a, b prefix[K]) int {
		return cmp.Or(a.first.compare(b.first), cmp.Compare(a.bits, b.bits))
	})
	all = slices.CompactFunc(all, func(a, b prefix[K]) bool { return a.first == b.first && a.bits == b.bits })
	var r ranges[K]
	var open []prefix[K] // around the present address, the longest last
	for _, p := range all {
		open = r.leave(open, func(end K) bool { return end.compare(p.first) <= 0 })
		open = append(open, p)
		r.from(p.first, p.value)
	}
	r.leave(open, func(K) bool { return true })
	return ranges[K]{slices.Clone(r.starts), slices.Clone(r.values)}
}

// leave drops the prefixes whose end has passed; what is around them goes on. One
// that reaches the last address has no end.
func (r *ranges[K]) leave(open []prefix[K], passed func(end K) bool) []prefix[K] {
	for last := len(open) - 1; last >= 0; last-- {
		end, more := open[last].first.after(open[last].bits)
		if !more || !passed(end) {
			break
		}
		outer := uint16(0)
		if last > 0 {
			outer = open[last-1].value
		}
		open = open[:last]
		r.from(end, outer)
	}
	return open
}

// from lets a value begin at an address, not below those seen so far.
func (r *ranges[K]) from(start K, value uint16) {
	last := len(r.starts) - 1
	switch {
	case last >= 0 && r.starts[last] == start:
		r.values[last] = value
	case last < 0 || r.values[last] != value:
		r.starts = append(r.starts, start)
		r.values = append(r.values, value)
	}
}

func (r *ranges[K]) find(k K) uint16 {
	at, found := slices.BinarySearchFunc(r.starts, k, func(a, b K) int { return a.compare(b) })
	if !found {
		at--
	}
	if at < 0 {
		return 0
	}
	return r.values[at]
}

// prefixes collects what prefixMap is made of.
type prefixes struct {
	v4 []prefix[key4]
	v6 []prefix[key6]
}

// prefixMap gives the value of the longest prefix around an address.
type prefixMap struct {
	v4 ranges[key4]
	v6 ranges[key6]
}

func (p *prefixes) add(net netip.Prefix, value uint16) {
	first, bits := net.Masked().Addr(), uint8(net.Bits())
	if first.Is4() {
		p.v4 = append(p.v4, prefix[key4]{number4(first), bits, value})
	} else {
		p.v6 = append(p.v6, prefix[key6]{number6(first), bits, value})
	}
}

func (p *prefixes) build() prefixMap { return prefixMap{flatten(p.v4), flatten(p.v6)} }

func (m *prefixMap) find(a netip.Addr) uint16 {
	switch {
	case !a.IsValid():
		return 0
	case a.Is4():
		return m.v4.find(number4(a))
	default:
		return m.v6.find(number6(a))
	}
}

func number4(a netip.Addr) key4 {
	b := a.As4()
	return key4(binary.BigEndian.Uint32(b[:]))
}

func number6(a netip.Addr) key6 {
	b := a.As16()
	return key6{binary.BigEndian.Uint64(b[:8]), binary.BigEndian.Uint64(b[8:])}
}
