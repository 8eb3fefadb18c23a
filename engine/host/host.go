package host

import (
	"bytes"
	"cmp"
	"iter"
	"strconv"

	"github.com/flowloom/flowloom/engine/packet"
)

// Host is the aggregate of one address on one VLAN. Its fields are read-only for
// others.
type Host struct {
	Addr packet.Addr
	VLAN uint16
	MAC  [6]byte
	// Local: the address is in a local network.
	Local   bool
	group   bool   // or broadcast
	visited bool   // by checks
	network uint16 // its number plus 1, 0 for none
	// Name is what the host's own or others' traffic called it, "" if nothing did.
	Name string
	// FirstSeen and LastSeen are nanoseconds since the Unix epoch.
	FirstSeen, LastSeen                             int64
	BytesSent, BytesRcvd, PacketsSent, PacketsRcvd  uint64
	FlowsAsClient, FlowsAsServer, ActiveFlows       uint64
	Retransmissions, OutOfOrder, ZeroWindows, Reset uint64
	OneWayFlows                                     uint64
	score                                           uint64
	macSince, nameSince                             int64 // start of the flow that told MAC and Name
	nameBy                                          nameRank

	peers     peers
	protocols tally // by IP protocol number
	dscp      tally // by code point
	// details are for checks, nil without any.
	details *details

	// used is the table's turn at the latest delta, queued the turn at which the
	// host last joined the queue to be forgotten, next the slot + 1 behind it there.
	used, queued uint64
	next         uint32
}

// Key returns what tells the host from others.
func (h *Host) Key() Key { return Key{h.Addr, h.VLAN} }

// Label returns the address, with the VLAN if there is one ("192.0.2.1@10").
func (h *Host) Label() string {
	if h.VLAN == 0 {
		return h.Addr.Netip().String()
	}
	return h.Addr.Netip().String() + "@" + strconv.Itoa(int(h.VLAN))
}

// Score returns the sum of the scores of the host's flows that are over.
func (h *Host) Score() uint64 { return h.score }

// Bytes returns the bytes both ways.
func (h *Host) Bytes() uint64 { return h.BytesSent + h.BytesRcvd }

// DSCP yields the classes of the packets that the host has sent, with their number.
func (h *Host) DSCP() iter.Seq2[string, uint64] {
	return func(yield func(string, uint64) bool) {
		h.dscp.all(func(code uint8, packets uint64) bool { return yield(dscpName(code), packets) })
	}
}

// Peers returns the number of distinct addresses that the host exchanged packets
// with, exact up to 64.
func (h *Host) Peers() uint64 { return h.peers.count() }

// CompareByBytes orders hosts by their bytes, most first, then by address.
func CompareByBytes(a, b *Host) int {
	switch {
	case a.Bytes() > b.Bytes():
		return -1
	case a.Bytes() < b.Bytes():
		return 1
	default:
		return CompareByAddr(a, b)
	}
}

// CompareByAddr orders hosts by address, then by VLAN.
func CompareByAddr(a, b *Host) int {
	return cmp.Or(bytes.Compare(a.Addr[:], b.Addr[:]), cmp.Compare(a.VLAN, b.VLAN))
}
