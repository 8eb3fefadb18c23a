package packet

import "net/netip"

// Addr is an IPv4 or IPv6 address in 16 bytes; IPv4 stands as ::ffff:a.b.c.d.
// Unlike [netip.Addr] it holds no pointer, so tables of it cost the garbage
// collector nothing.
type Addr [16]byte

// AddrFrom4 returns the address of four IPv4 bytes.
func AddrFrom4(b [4]byte) Addr {
	return Addr{10: 0xff, 11: 0xff, 12: b[0], 13: b[1], 14: b[2], 15: b[3]}
}

// AddrFrom returns the 16-byte form of a.
func AddrFrom(a netip.Addr) Addr { return a.As16() }

// Is4 reports whether the address is IPv4.
func (a Addr) Is4() bool {
	return a[0]|a[1]|a[2]|a[3]|a[4]|a[5]|a[6]|a[7]|a[8]|a[9] == 0 && a[10] == 0xff && a[11] == 0xff
}

// Netip returns the address as the standard library's type, IPv4 unmapped.
func (a Addr) Netip() netip.Addr { return netip.AddrFrom16(a).Unmap() }

// String returns the usual text form ("192.0.2.1", "2001:db8::1").
func (a Addr) String() string { return a.Netip().String() }

// TCP header flags (RFC 9293, section 3.1).
const (
	FIN uint8 = 1 << iota
	SYN
	RST
	PSH
	ACK
	URG
	ECE
	CWR
)

// Packet is what one frame carried. Payload and TCPOptions point into the
// caller's frame and live as long as it does; those of a reassembled datagram
// point into a buffer of their own that the decoder never touches again.
type Packet struct {
	// Fields stand in the order of use: of a batch of packets, whoever counts them
	// touches the first two cache lines (128 bytes) of each only.

	// Time of capture in nanoseconds since the Unix epoch.
	Time int64
	// WireLen is the frame's length on the wire with the link header, in bytes,
	// whatever was captured of it. For a datagram whose fragments were held
	// back it includes theirs.
	WireLen uint32
	// Count is the number of frames that this Packet stands for: 1, or more for
	// a fragment that released held ones.
	Count uint32

	// Src and Dst are the innermost addresses.
	Src, Dst Addr
	// SrcPort and DstPort are 0 for protocols without ports, and when the frame
	// was cut before them.
	SrcPort, DstPort uint16
	// Proto is the IP protocol after extension headers (IANA number).
	Proto uint8
	// IPVersion is 4 or 6, of the innermost IP header.
	IPVersion uint8
	// TTL is the TTL or hop limit.
	TTL uint8
	// TOS is the type-of-service or traffic-class byte; DSCP is its upper six bits.
	TOS uint8
	// VLAN and InnerVLAN are the outer and inner 802.1Q identifiers, 0 when absent.
	VLAN, InnerVLAN uint16
	// Tunnel is the innermost tunnel, NoTunnel when there was none.
	Tunnel Tunnel
	// Fragment reports that the frame held an IP fragment. While the decoder has
	// the datagram in reassembly, its packets carry addresses, protocol and ports
	// (or ICMP type) only; the one that completes it carries the TCP fields and
	// the whole payload, so that nobody sees a byte or a flag twice.
	Fragment bool
	// TCPFlags, Window, Seq, Ack and TCPOptions describe a TCP segment. The
	// window is unscaled; the options are raw (RFC 9293, section 3.2).
	TCPFlags uint8

	// Hash is a hash of addresses, ports, protocol, VLAN and tunnel id that is
	// the same for both directions. It is set only with OK.
	Hash     uint64
	Seq, Ack uint32
	Window   uint16
	// ICMPType and ICMPCode are set for ICMP and ICMPv6, whose header is taken
	// to be the eight bytes with identifier and sequence number.
	ICMPType, ICMPCode uint8
	// TunnelID is the VNI, TEID, key, call or session of the innermost tunnel; for
	// L2TP the tunnel is in the upper half and the session in the lower.
	TunnelID uint32
	// PayloadLen is the payload's length on the wire, from the IP header but no
	// more than the frame had; it exceeds len(Payload) in a frame cut by the snap
	// length. For fragments it is
	// 0 until it is known what becomes of the datagram: the packet that completes
	// it, or shows that it cannot be completed, has what its fragments so far sum
	// up to. One that just never completes is not counted here.
	PayloadLen uint32
	// SrcMAC and DstMAC are zero for links without them. In a tunnel that carries
	// Ethernet they are the inner ones.
	SrcMAC, DstMAC [6]byte
	// Payload is what was captured above the transport header (above IP, for
	// protocols without a transport header that this package knows).
	Payload []byte

	TCPOptions []byte
}

// Tunnel is a kind of encapsulation.
type Tunnel uint8

// The encapsulations that the decoder looks into.
const (
	NoTunnel Tunnel = iota
	IPinIP          // RFC 2003, 2473, 4213 (6in4)
	GRE             // RFC 2784, 2890
	ERSPAN          // draft-foschiano-erspan, types II and III
	VXLAN           // RFC 7348
	Geneve          // RFC 8926
	GTPU            // 3GPP TS 29.281
	Teredo          // RFC 4380
	L2TP            // RFC 2661, data messages with PPP
	PPTP            // RFC 2637, GRE version 1 with PPP
	CAPWAP          // RFC 5415, data that is not encrypted
	numTunnels
)

var tunnelNames = [numTunnels]string{
	"", "IP-in-IP", "GRE", "ERSPAN", "VXLAN", "Geneve", "GTP-U", "Teredo", "L2TP", "PPTP", "CAPWAP",
}

// String returns the tunnel's usual name, "" for NoTunnel.
func (t Tunnel) String() string { return tunnelNames[t] }

// HasID reports whether packets of such a tunnel tell which one they belong to. The key of GRE
// is optional: without one it is 0.
func (t Tunnel) HasID() bool {
	switch t {
	case NoTunnel, IPinIP, Teredo, CAPWAP:
		return false
	default:
		return true
	}
}

// OneWayID reports whether each direction of such a tunnel has an identifier of
// its own, chosen by the receiver, so that the two sides of one flow carry
// different ones. Packet.Hash leaves those out.
func (t Tunnel) OneWayID() bool { return t == GTPU || t == L2TP || t == PPTP }
