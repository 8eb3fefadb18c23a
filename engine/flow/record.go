package flow

import (
	"net/netip"

	"github.com/flowloom/flowloom/engine/dpi"
	"github.com/flowloom/flowloom/engine/enrich"
	"github.com/flowloom/flowloom/engine/packet"
)

// Directions index what a record keeps for each side.
const (
	FromClient = iota
	FromServer
)

// Record is one flow: what it is, and what it has carried so far. What a hit
// touches stands first.
type Record struct {
	key
	// touched is the clock at the latest packet: idle time counts from it.
	touched int64
	flags   flag
	iface   uint16
	class   class
	reason  EndReason

	dir [2]direction

	// srvRTT and cliRTT hold, while awaitSynAck or awaitAck is set, the time of the
	// SYN or SYN-ACK that awaits its answer; then the round trip, when known.
	srvRTT, cliRTT int64
	// appLatency likewise holds the time of the client's first payload first.
	appLatency int64

	// rare is nil for most flows: those that are short and went well.
	rare *rare
	// prev and next link the flows of one second in a circle; next also links free
	// records. bucket is the second's place in the ring,
	// and the record's own slot once no ring holds it.
	prev, next, bucket uint32
	hash               uint32

	// DPI is what detection knows of the flow.
	DPI dpi.Result

	// fingerprint is that of the client's SYN, nil when it did not open the flow.
	fingerprint *string

	// about is what is known of the two sides' addresses, nil where nothing is; see Place.
	about *[2]*enrich.AddressInfo

	macs     [2][6]byte
	where    [2]Where
	icmpType uint8
	icmpCode uint8
}

// direction is what one side sent.
type direction struct {
	packets, bytes, payload uint64
	// first is the time of the first packet, last the highest time: their
	// difference is the sum of all gaps.
	first, last              int64
	gapFirst, gapMin, gapMax int64
	// gapSq and lenSq are sums of squared distances from gapFirst and lenFirst.
	gapSq, lenSq             float64
	lenFirst, lenMin, lenMax uint32
	// next is the sequence number after the highest seen, isn that of the SYN.
	next, isn uint32

	tcpFlags, ttl, dscp uint8
	known               uint8 // knowNext, knowISN
}

// What direction.known says.
const (
	knowNext uint8 = 1 << iota
	knowISN
)

// flag holds the yes-or-no facts of a record.
type flag uint32

const (
	clientIsHigher flag = 1 << iota // the client is the key's higher end
	bySYN                           // the handshake told the client
	byPort                          // a service port told the server
	seenSYN                         // the client's SYN (or its answer) was seen
	sentClient                      // the client has sent, in this record or one before
	sentServer
	finClient
	finServer
	wasReset
	resetByServer
	wasClosed   // FIN both ways, before any RST
	awaitSynAck // srvRTT holds the time of the SYN
	awaitAck    // cliRTT holds the time of the SYN-ACK
	hasSrvRTT
	hasCliRTT
	awaitResponse // appLatency holds the time of the client's first payload
	hasLatency
	spoken        // a side has sent payload
	serverMAC     // macs[FromServer] comes from the server's own frame
	opensServer   // the record's first packet came from the server
	dirty         // listed for the next tick
	startReported // a delta has told of the flow's start
	hasCopy       // another record has the same metadata
	announced     // it was among the Detected of an earlier batch
	inTable       // the flow has not ended
)

func (r *Record) is(f flag) bool { return r.flags&f != 0 }

// answered reports whether both sides have sent.
func (r *Record) answered() bool { return r.is(sentClient) && r.is(sentServer) }

// class selects the idle timeout.
type class uint8

const (
	classTCP class = iota
	classUDP
	classICMP
	classOther
	classClosed
	numClasses
)

func classOf(proto uint8) class {
	switch proto {
	case packet.ProtoTCP:
		return classTCP
	case packet.ProtoUDP, packet.ProtoUDPLite:
		return classUDP
	case packet.ProtoICMP, packet.ProtoICMPv6:
		return classICMP
	default:
		return classOther
	}
}

// Client returns address and port of the side that opened the flow.
func (r *Record) Client() (packet.Addr, uint16) {
	if r.is(clientIsHigher) {
		return r.hi.addr(), r.hiPort()
	}
	return r.lo.addr(), r.loPort()
}

// Server returns address and port of the side that was spoken to.
func (r *Record) Server() (packet.Addr, uint16) {
	if r.is(clientIsHigher) {
		return r.lo.addr(), r.loPort()
	}
	return r.hi.addr(), r.hiPort()
}

// ID returns a number that other flows in the table most likely do not have. It stays
// the same for the whole life of a flow.
func (r *Record) ID() uint64 { return r.key.hashed() }

// Label describes the flow by its ends ("TCP 192.0.2.1:40000 > 198.51.100.2:443").
func (r *Record) Label() string {
	cli, cliPort := r.Client()
	srv, srvPort := r.Server()
	name := packet.ProtoName(r.proto())
	if cliPort == 0 && srvPort == 0 {
		return name + " " + cli.Netip().String() + " > " + srv.Netip().String()
	}
	return name + " " + netip.AddrPortFrom(cli.Netip(), cliPort).String() + " > " + netip.AddrPortFrom(srv.Netip(), srvPort).String()
}

// Over reports that the flow has ended, not only this record of it.
func (r *Record) Over() bool { return r.reason != Alive && r.reason != ActiveTimeout }

// Proto returns the IP protocol number.
func (r *Record) Proto() uint8 { return r.proto() }

// VLAN returns the identifier of the (outer) VLAN, 0 without one.
func (r *Record) VLAN() uint16 { return r.vlan() }

// Interface returns the number of the interface that saw the first packet.
func (r *Record) Interface() uint16 { return r.iface }

// SidePayload returns the bytes of each side without headers.
func (r *Record) SidePayload() (client, server uint64) {
	return r.dir[FromClient].payload, r.dir[FromServer].payload
}

// SidePackets returns the packets of the client and of the server.
func (r *Record) SidePackets() (client, server uint64) {
	return r.dir[FromClient].packets, r.dir[FromServer].packets
}

// Packets returns the packets both ways.
func (r *Record) Packets() uint64 { return r.dir[FromClient].packets + r.dir[FromServer].packets }

// Bytes returns the bytes on the wire both ways.
func (r *Record) Bytes() uint64 { return r.dir[FromClient].bytes + r.dir[FromServer].bytes }

// SideBytes returns the bytes on the wire of the client's and the server's packets.
func (r *Record) SideBytes() (client, server uint64) {
	return r.dir[FromClient].bytes, r.dir[FromServer].bytes
}

// FirstSeen returns the time of the record's first packet, in nanoseconds since
// the Unix epoch.
func (r *Record) FirstSeen() int64 {
	if r.is(opensServer) {
		return r.dir[FromServer].first
	}
	return r.dir[FromClient].first
}

// LastSeen returns the highest time of a packet of the record, in nanoseconds
// since the Unix epoch.
func (r *Record) LastSeen() int64 {
	c, s := &r.dir[FromClient], &r.dir[FromServer]
	switch {
	case s.packets == 0:
		return c.last
	case c.packets == 0:
		return s.last
	default:
		return max(c.last, s.last)
	}
}
