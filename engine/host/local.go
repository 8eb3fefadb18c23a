package host

import (
	"encoding/binary"
	"net/netip"

	"github.com/flowloom/flowloom/engine/flow"
	"github.com/flowloom/flowloom/engine/packet"
)

// netSet is a set of networks in a form that is quickly searched: checks ask for both
// ends of every flow.
type netSet struct {
	v4 []net4
	v6 []net6
}

type net4 struct{ net, mask uint32 }

type net6 struct{ high, low, highMask, lowMask uint64 }

func netSetOf(nets []netip.Prefix) netSet {
	var s netSet
	for _, n := range nets {
		n = n.Masked()
		if bits := n.Bits(); n.Addr().Is4() {
			b := n.Addr().As4()
			s.v4 = append(s.v4, net4{binary.BigEndian.Uint32(b[:]), ^uint32(0) << (32 - bits)})
		} else {
			b := n.Addr().As16()
			s.v6 = append(s.v6, net6{
				binary.BigEndian.Uint64(b[:8]), binary.BigEndian.Uint64(b[8:]), ^uint64(0) << (64 - min(bits, 64)), ^uint64(0) << (128 - max(bits, 64)),
			})
		}
	}
	return s
}

func (s *netSet) contains(a *packet.Addr) bool {
	if a.Is4() {
		x := binary.BigEndian.Uint32(a[12:])
		for _, n := range s.v4 {
			if x&n.mask == n.net {
				return true
			}
		}
		return false
	}
	high, low := binary.BigEndian.Uint64(a[:8]), binary.BigEndian.Uint64(a[8:])
	for i := range s.v6 {
		if n := &s.v6[i]; high&n.highMask == n.high && low&n.lowMask == n.low {
			return true
		}
	}
	return false
}

// groups are the multicast groups and the broadcast address (RFC 5771, RFC 919, RFC 4291).
func groups() []netip.Prefix {
	return []netip.Prefix{netip.MustParsePrefix("224.0.0.0/4"), netip.MustParsePrefix("255.255.255.255/32"), netip.MustParsePrefix("ff00::/8")}
}

// where tells local from remote addresses, and both from groups.
func (t *Table) where(a *packet.Addr) flow.Where {
	switch {
	case t.local.contains(a):
		return flow.Local
	case t.localOrGroup.contains(a):
		return flow.Multicast
	default:
		return flow.Remote
	}
}

// place is where a host is, as its flows tell.
func (h *Host) place() flow.Place {
	p := flow.Place{Where: flow.Remote}
	switch {
	case h.Local:
		p.Where = flow.Local
	case h.group:
		p.Where = flow.Multicast
	}
	if h.details != nil {
		p.About = &h.details.about
	}
	return p
}

// Locate notes where the sides of a flow are.
func (t *Table) Locate(r *flow.Record) {
	var places [2]flow.Place
	for side := range places {
		addr, _ := r.Client()
		if side == flow.FromServer {
			addr, _ = r.Server()
		}
		places[side].Where = t.where(&addr)
		if t.cfg.Enrich == nil {
			continue // no host knows more
		}
		if slot, ok := t.slots[Key{addr, r.VLAN()}]; ok {
			places[side] = t.at(slot).place()
		}
	}
	r.Locate(places[0], places[1])
}
