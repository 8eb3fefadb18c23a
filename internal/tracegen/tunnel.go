package tracegen

import (
	"encoding/binary"
	"net/netip"

	"github.com/flowloom/flowloom/engine/packet"
)

// Tunnel is an encapsulation that a flow's packets travel in. Build one with
// [IPinIP], [GRE], [ERSPAN], [VXLAN], [Geneve], [GTPU], [Teredo] or [L2TP].
type Tunnel struct {
	kind packet.Tunnel
	id   uint32
	// client and server are the tunnel's ends on the two sides of the flow.
	client, server netip.Addr
}

func newTunnel(kind packet.Tunnel, id uint32) Tunnel {
	return Tunnel{kind, id, netip.MustParseAddr("198.51.100.1"), netip.MustParseAddr("198.51.100.2")}
}

// IPinIP is an IP packet in an IP packet (RFC 2003, 2473; 6in4: RFC 4213).
func IPinIP() Tunnel { return newTunnel(packet.IPinIP, 0) }

// GRE carries IP with a key, or without one when key is 0 (RFC 2784, 2890).
func GRE(key uint32) Tunnel { return newTunnel(packet.GRE, key) }

// ERSPAN is a mirror session of type II, Ethernet in GRE, with a session of 10
// bits (draft-foschiano-erspan, section 4.1).
func ERSPAN(session uint16) Tunnel { return newTunnel(packet.ERSPAN, uint32(session&0x3ff)) }

// VXLAN carries Ethernet, with a network identifier of 24 bits (RFC 7348).
func VXLAN(vni uint32) Tunnel { return newTunnel(packet.VXLAN, vni&0xffffff) }

// Geneve carries Ethernet, with one option in its header (RFC 8926).
func Geneve(vni uint32) Tunnel { return newTunnel(packet.Geneve, vni&0xffffff) }

// GTPU carries a mobile subscriber's IP (3GPP TS 29.281).
func GTPU(teid uint32) Tunnel { return newTunnel(packet.GTPU, teid) }

// Teredo carries IPv6 in UDP over IPv4 (RFC 4380).
func Teredo() Tunnel { return newTunnel(packet.Teredo, 0) }

// L2TP carries IP in PPP; id holds the tunnel in its upper and the session in
// its lower 16 bits (RFC 2661).
func L2TP(id uint32) Tunnel { return newTunnel(packet.L2TP, id) }

// Between returns the tunnel with other ends, which are 198.51.100.1 and
// 198.51.100.2 by default.
func (t Tunnel) Between(clientSide, serverSide netip.Addr) Tunnel {
	t.client, t.server = clientSide, serverSide
	return t
}

// ends returns the outer source and destination.
func (t Tunnel) ends(fromServer bool) (src, dst netip.Addr) {
	if fromServer {
		return t.server, t.client
	}
	return t.client, t.server
}

// wrap returns the outer IP payload and its protocol for an inner IP packet.
// macs are the inner source and destination, for tunnels that carry Ethernet.
func (t Tunnel) wrap(inner []byte, macs [2][6]byte, fromServer bool) (payload []byte, proto uint8) {
	v6 := inner[0]>>4 == 6
	etherType := uint16(etherIPv4)
	if v6 {
		etherType = etherIPv6
	}
	frame := func(b []byte) []byte {
		b = appendEthernet(b, macs[0], macs[1], etherType)
		return append(b, inner...)
	}
	switch t.kind {
	case packet.GRE:
		return append(greHeader(t.id, etherType), inner...), protoGRE
	case packet.ERSPAN:
		return frame(erspanHeader(t.id)), protoGRE
	case packet.VXLAN:
		return t.udp(flowPort(inner), 4789, fromServer, frame(be32([]byte{0x08, 0, 0, 0}, t.id<<8))), protoUDP
	case packet.Geneve:
		return t.udp(flowPort(inner), 6081, fromServer, frame(geneveHeader(t.id))), protoUDP
	case packet.GTPU:
		gtp := be16([]byte{0x30, 255}, len(inner))
		return t.udp(2152, 2152, fromServer, append(be32(gtp, t.id), inner...)), protoUDP
	case packet.Teredo:
		if fromServer {
			return t.udp(3544, 51000, fromServer, inner), protoUDP
		}
		return t.udp(51000, 3544, fromServer, inner), protoUDP
	case packet.L2TP:
		l2tp := be16(be32([]byte{0x00, 0x02}, t.id), 0xff03)
		return t.udp(1701, 1701, fromServer, append(be16(l2tp, pppProtocol(v6)), inner...)), protoUDP
	default: // IP in IP
		if v6 {
			return inner, protoIPv6
		}
		return inner, protoIPv4
	}
}

func (t Tunnel) udp(srcPort, dstPort uint16, fromServer bool, payload []byte) []byte {
	src, dst := t.ends(fromServer)
	return appendUDP(nil, netip.AddrPortFrom(src, srcPort), netip.AddrPortFrom(dst, dstPort), payload)
}

// greHeader has the key bit only when there is a key (RFC 2890, section 2).
func greHeader(key uint32, etherType uint16) []byte {
	if key == 0 {
		return be16([]byte{0, 0}, etherType)
	}
	return be32(be16([]byte{0x20, 0}, etherType), key)
}

// erspanHeader is GRE with a sequence number, then the 8 bytes of type II.
func erspanHeader(session uint32) []byte {
	b := be16([]byte{0x10, 0}, uint16(0x88be))
	b = be32(b, 1)
	b = be32(b, 1<<28|session) // version 1, no VLAN
	return be32(b, 0)
}

// geneveHeader carries one experimental option of 4 bytes (RFC 8926, section 3.5).
func geneveHeader(vni uint32) []byte {
	b := be16([]byte{2, 0}, uint16(0x6558))
	b = be32(b, vni<<8)
	b = append(be16(b, uint16(0xfff0)), 1, 1)
	return be32(b, 0x01020304)
}

// flowPort is a UDP source port made of the inner addresses, the way tunnel
// ends spread flows over paths (RFC 7348, section 5).
func flowPort(inner []byte) uint16 {
	var h uint32 = 17
	for _, b := range inner[12:min(len(inner), 24)] {
		h = h*31 + uint32(b)
	}
	return 49152 | uint16(h)&0x3fff
}

// TeredoAddr is a client's Teredo address from its server and mapped
// address (RFC 4380, section 4).
func TeredoAddr(server, client netip.Addr, port uint16) netip.Addr {
	s, c := server.As4(), client.As4()
	a := [16]byte{0: 0x20, 1: 0x01}
	copy(a[4:], s[:])
	binary.BigEndian.PutUint16(a[10:], ^port)
	for i, b := range c {
		a[12+i] = ^b
	}
	return netip.AddrFrom16(a)
}
