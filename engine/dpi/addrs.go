package dpi

import (
	"cmp"
	"encoding/binary"
	"net/netip"
	"slices"
	"sort"

	"github.com/flowloom/flowloom/engine/packet"
)

// addrTable finds the owner of an address by its longest known prefix: the
// prefixes are cut into ranges that do not overlap, in order, each of which ends
// where the next begins.
type addrTable struct{ ranges []addrRange }

type addrRange struct {
	start wideAddr
	// bits is the length of the prefix behind the range, 0 to 128, and app its
	// owner: Unknown in the gaps.
	bits uint8
	app  ID
}

// wideAddr is an address as a number; IPv4 stands as ::ffff:a.b.c.d.
type wideAddr struct{ hi, lo uint64 }

func widen(a packet.Addr) wideAddr {
	return wideAddr{binary.BigEndian.Uint64(a[:8]), binary.BigEndian.Uint64(a[8:])}
}

func (a wideAddr) compare(b wideAddr) int {
	if c := cmp.Compare(a.hi, b.hi); c != 0 {
		return c
	}
	return cmp.Compare(a.lo, b.lo)
}

// after returns the address that follows the last of a's prefix; wrapped is true
// at the end of all addresses.
func (a wideAddr) after(bits uint8) (next wideAddr, wrapped bool) {
	switch {
	case bits == 0:
		return wideAddr{}, true
	case bits > 64:
		next = wideAddr{a.hi, a.lo + 1<<(128-bits)}
		if next.lo < a.lo {
			next.hi++
		}
		return next, next.hi < a.hi
	default:
		next = wideAddr{a.hi + 1<<(64-bits), a.lo}
		return next, next.hi < a.hi
	}
}

// addrPrefix is a prefix and its owner before the table is built.
type addrPrefix struct {
	start wideAddr
	bits  uint8
	app   ID
}

func newAddrPrefix(p netip.Prefix, app ID) addrPrefix {
	p = p.Masked()
	bits := p.Bits()
	if p.Addr().Is4() {
		bits += 96
	}
	return addrPrefix{widen(packet.AddrFrom(p.Addr())), uint8(bits), app} //nolint:gosec // 0 to 128
}

// newAddrTable cuts the prefixes into ranges. Of two equal prefixes the last one
// given counts.
func newAddrTable(prefixes []addrPrefix) *addrTable {
	slices.SortStableFunc(prefixes, func(a, b addrPrefix) int {
		if c := a.start.compare(b.start); c != 0 {
			return c
		}
		return cmp.Compare(a.bits, b.bits)
	})
	t := &addrTable{ranges: make([]addrRange, 0, 2*len(prefixes)+1)}
	t.begin(addrRange{})
	var open []addrPrefix // prefixes around the current address, the longest last
	for _, p := range prefixes {
		open = t.closeUntil(open, &p.start)
		open = append(open, p)
		t.begin(addrRange(p))
	}
	t.closeUntil(open, nil)
	return t
}

// closeUntil ends the open prefixes that do not reach start, or all of them.
func (t *addrTable) closeUntil(open []addrPrefix, start *wideAddr) []addrPrefix {
	for len(open) > 0 {
		last := open[len(open)-1]
		end, wrapped := last.start.after(last.bits)
		if wrapped || start != nil && end.compare(*start) > 0 {
			return open
		}
		open = open[:len(open)-1]
		outer := addrRange{start: end}
		if len(open) > 0 {
			outer.bits, outer.app = open[len(open)-1].bits, open[len(open)-1].app
		}
		t.begin(outer)
	}
	return open
}

// begin starts a range, in place of one that began at the same address.
func (t *addrTable) begin(r addrRange) {
	if n := len(t.ranges); n > 0 && t.ranges[n-1].start == r.start {
		t.ranges[n-1] = r
		return
	}
	t.ranges = append(t.ranges, r)
}

// lookup returns the owner of an address and the length of its prefix.
func (t *addrTable) lookup(a packet.Addr) (app ID, bits uint8, ok bool) {
	if t == nil || len(t.ranges) == 0 {
		return Unknown, 0, false
	}
	w := widen(a)
	i := sort.Search(len(t.ranges), func(i int) bool { return t.ranges[i].start.compare(w) > 0 })
	r := &t.ranges[i-1]
	return r.app, r.bits, r.app != Unknown
}

// names reports whether any range belongs to the application.
func (t *addrTable) names(app ID) bool {
	return slices.ContainsFunc(t.ranges, func(r addrRange) bool { return r.app == app })
}
