package packet

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// vector is a frame and what must come out of it.
type vector struct {
	name  string
	link  LinkType
	frame []byte
	want  want
}

// want is the part of a Packet that a vector states.
type want struct {
	v4         bool
	proto      uint8
	src, dst   uint16
	vlan, in   uint16
	tunnel     Tunnel
	id         uint32
	payload    string
	icmp       [2]uint8
	noEthernet bool
}

var (
	hello   = []byte("hello")
	udp4    = ip4(ProtoUDP, udpDatagram(1000, 53, hello))
	udp6    = ip6(ProtoUDP, udpDatagram(1000, 53, hello))
	wantU4  = want{v4: true, proto: ProtoUDP, src: 1000, dst: 53, payload: "hello"}
	wantU6  = want{proto: ProtoUDP, src: 1000, dst: 53, payload: "hello"}
	padding = make([]byte, 12)
)

func (w want) in4(t Tunnel, id uint32) want { w.tunnel, w.id = t, id; return w }
func (w want) bare() want                   { w.noEthernet = true; return w }
func (w want) tagged(v, in uint16) want     { w.vlan, w.in = v, in; return w }

func linkVectors() []vector {
	llc := snap(etherIPv4, udp4)
	return []vector{
		{"ethernet", LinkEthernet, frame(udp4), wantU4},
		{"ethernet with padding", LinkEthernet, join(frame(udp4), padding), wantU4},
		{"ethernet IPv6", LinkEthernet, join(frame(udp6), padding), wantU6},
		{"802.3 with SNAP", LinkEthernet, join(ethFrame(len(llc), llc), padding), wantU4},
		{"802.3 with LLC", LinkEthernet, ethFrame(3+len(udp4), join([]byte{6, 6, 3}, udp4)), wantU4},
		{"VLAN", LinkEthernet, ethFrame(0x8100, vlanTag(0x2005, etherIPv4, udp4)), wantU4.tagged(5, 0)},
		{"QinQ", LinkEthernet, ethFrame(0x88a8, vlanTag(5, 0x8100, vlanTag(6, etherIPv6, udp6))), wantU6.tagged(5, 6)},
		{"old QinQ", LinkEthernet, ethFrame(0x9100, vlanTag(5, 0x8100, vlanTag(6, etherIPv4, udp4))), wantU4.tagged(5, 6)},
		{"priority tag", LinkEthernet, ethFrame(0x8100, vlanTag(0xe000, etherIPv4, udp4)), wantU4},
		{"VLAN with LLC", LinkEthernet, ethFrame(0x8100, vlanTag(5, len(llc), llc)), wantU4.tagged(5, 0)},
		{"PPPoE", LinkEthernet, ethFrame(0x8864, join([]byte{0x11, 0, 0, 9}, u16(2+len(udp4)), u16(0x21), udp4, padding)), wantU4},
		{"MPLS", LinkEthernet, ethFrame(0x8847, join(u32(16<<12), u32(17<<12|0x100), udp4)), wantU4},
		{"MPLS IPv6", LinkEthernet, ethFrame(0x8848, join(u32(17<<12|0x100), udp6)), wantU6},
		{"MPLS pseudo-wire", LinkEthernet, ethFrame(0x8847, join(u32(17<<12|0x100), u32(0), frame(udp4))), wantU4},
		{"MPLS Ethernet without control word", LinkEthernet, ethFrame(0x8847, join(u32(17<<12|0x100), frame(udp4))), wantU4},
		{"SLL", LinkSLL, join(u16(0), u16(1), u16(6), macA[:], u16(0), u16(etherIPv4), udp4), wantU4.bare()},
		{"SLL with VLAN", LinkSLL, join(u16(0), u16(1), u16(6), macA[:], u16(0), u16(0x8100), vlanTag(5, etherIPv4, udp4)), wantU4.bare().tagged(5, 0)},
		{"SLL with LLC", LinkSLL, join(u16(0), u16(1), u16(6), macA[:], u16(0), u16(4), llc), wantU4.bare()},
		{"SLL2", LinkSLL2, join(u16(etherIPv6), u16(0), u32(3), u16(1), []byte{0, 6}, macA[:], u16(0), udp6), wantU6.bare()},
		{"null little-endian", LinkNull, join([]byte{2, 0, 0, 0}, udp4), wantU4.bare()},
		{"null big-endian", LinkNull, join([]byte{0, 0, 0, 24}, udp6), wantU6.bare()},
		{"null FreeBSD", LinkNull, join([]byte{28, 0, 0, 0}, udp6), wantU6.bare()},
		{"null Darwin", LinkNull, join([]byte{30, 0, 0, 0}, udp6), wantU6.bare()},
		{"loop Linux", LinkLoop, join([]byte{0, 0, 0, 10}, udp6), wantU6.bare()},
		{"raw IPv4", LinkRaw, udp4, wantU4.bare()},
		{"raw IPv6", LinkRawDLT, udp6, wantU6.bare()},
		{"raw OpenBSD", LinkRawOpenBSD, udp4, wantU4.bare()},
		{"link IPv4", LinkIPv4, udp4, wantU4.bare()},
		{"link IPv6", LinkIPv6, udp6, wantU6.bare()},
		{"PPP", LinkPPP, join([]byte{0xff, 3, 0, 0x21}, udp4), wantU4.bare()},
		{"PPP without address", LinkPPP, join([]byte{0, 0x57}, udp6), wantU6.bare()},
		{"PPP compressed", LinkPPP, join([]byte{0x21}, udp4), wantU4.bare()},
		{"PPP MPLS", LinkPPP, join([]byte{2, 0x81}, u32(0x100), udp4), wantU4.bare()},
		{"PPP in HDLC", LinkPPPHDLC, join([]byte{0xff, 3, 0, 0x21}, udp4), wantU4.bare()},
		{"PPP link PPPoE", LinkPPPoE, join([]byte{0x11, 0, 0, 9}, u16(2+len(udp4)), u16(0x21), udp4), wantU4.bare()},
		{"Cisco HDLC", LinkCiscoHDLC, join([]byte{0x0f, 0, 8, 0}, udp4), wantU4.bare()},
	}
}

func wifiVectors() []vector {
	from := macA[:]
	to := macB[:]
	other := []byte{2, 0, 0, 0, 0, 0xc}
	body := snap(etherIPv4, udp4)
	seq := u16(0)
	header := func(fc0, fc1 byte, a1, a2, a3 []byte) []byte { return join([]byte{fc0, fc1, 0, 0}, a1, a2, a3, seq) }
	plain := join(header(8, 0, to, from, other), body)
	padded := join(header(0x88, 2, to, other, from), []byte{0, 0, 0, 0}, body)
	return []vector{
		{"802.11 ad hoc", LinkIEEE80211, plain, wantU4},
		{"802.11 to station", LinkIEEE80211, join(header(8, 2, to, other, from), body), wantU4},
		{"802.11 to access point", LinkIEEE80211, join(header(8, 1, other, from, to), body), wantU4},
		{"802.11 four addresses", LinkIEEE80211, join(header(8, 3, other, other, to), from, body), wantU4},
		{"802.11 QoS", LinkIEEE80211, join(header(0x88, 2, to, other, from), []byte{0, 0}, body), wantU4},
		{"802.11 QoS with HT control", LinkIEEE80211, join(header(0x88, 0x82, to, other, from), []byte{0, 0}, u32(0), body), wantU4},
		{"802.11 A-MSDU", LinkIEEE80211, join(header(0x88, 2, other, other, other), []byte{0x80, 0}, to, from, u16(len(body)), body, padding), wantU4},
		{"radiotap", LinkRadiotap, join([]byte{0, 0, 8, 0, 0, 0, 0, 0}, plain, u32(0)), wantU4},
		{"radiotap padded", LinkRadiotap, join([]byte{0, 0, 9, 0, 2, 0, 0, 0, 0x20}, padded), wantU4},
		{"radiotap padded with TSFT", LinkRadiotap, join([]byte{0, 0, 25, 0, 3, 0, 0, 0x80, 0, 0, 0, 0, 0, 0, 0, 0}, make([]byte, 8), []byte{0x20}, padded), wantU4},
		{"PPI", LinkPPI, join([]byte{0, 0, 8, 0, 105, 0, 0, 0}, plain), wantU4},
	}
}

func ipVectors() []vector {
	tcpOptions := []byte{2, 4, 5, 0xb4}
	tcp := tcpSegment(1000, 80, tcpOptions, hello)
	tso := ip4(ProtoUDP, udpDatagram(1000, 53, hello))
	tso[2], tso[3] = 0, 0
	tso6 := ip6(ProtoTCP, tcp)
	tso6[4], tso6[5] = 0, 0
	wantT := want{proto: ProtoTCP, src: 1000, dst: 80, payload: "hello"}
	wantT4 := wantT
	wantT4.v4 = true
	ext := ext6(extRouting, ext6(extDestination, ext6(extMobility, ext6(ProtoTCP, tcp))))
	ah := join([]byte{ProtoTCP, 4}, make([]byte, 22), tcp)
	return []vector{
		{"IPv4 options", LinkRaw, ip4Options(ProtoTCP, tcp), wantT4.bare()},
		{"IPv4 total length 0", LinkRaw, tso, wantU4.bare()},
		{"IPv6 payload length 0", LinkRaw, tso6, wantT.bare()},
		{"IPv6 extension headers", LinkRaw, ip6(extHopByHop, ext), wantT.bare()},
		{"IPv6 atomic fragment", LinkRaw, ip6(extFragment, frag6(ProtoTCP, 1, 0, false, tcp)), wantT.bare()},
		{"AH", LinkRaw, ip4(ProtoAH, ah), want{v4: true, proto: ProtoAH, payload: string(ah), noEthernet: true}},
		{"AH in IPv6", LinkRaw, ip6(ProtoAH, ah), want{proto: ProtoAH, payload: string(ah), noEthernet: true}},
		{"ESP", LinkRaw, ip4(ProtoESP, hello), want{v4: true, proto: ProtoESP, payload: "hello", noEthernet: true}},
		{"IPv6 no next header", LinkRaw, join(ip6(noNextHeader, nil), padding), want{proto: noNextHeader, noEthernet: true}},
		{"UDP-Lite", LinkRaw, ip4(ProtoUDPLite, udpDatagram(1, 2, hello)), want{v4: true, proto: ProtoUDPLite, src: 1, dst: 2, payload: "hello", noEthernet: true}},
		{"SCTP", LinkRaw, ip4(ProtoSCTP, join(u16(1), u16(2), u32(0), u32(0), hello)), want{v4: true, proto: ProtoSCTP, src: 1, dst: 2, payload: "hello", noEthernet: true}},
		{"ICMP", LinkRaw, ip4(ProtoICMP, join([]byte{3, 1, 0, 0}, u32(0), hello)), want{v4: true, proto: ProtoICMP, icmp: [2]uint8{3, 1}, payload: "hello", noEthernet: true}},
		{"ICMPv6", LinkRaw, ip6(ProtoICMPv6, join([]byte{128, 0, 0, 0}, u32(0), hello)), want{proto: ProtoICMPv6, icmp: [2]uint8{128, 0}, payload: "hello", noEthernet: true}},
		{"IGMP", LinkRaw, ip4(ProtoIGMP, hello), want{v4: true, proto: ProtoIGMP, payload: "hello", noEthernet: true}},
		{"UDP shorter than IP", LinkRaw, ip4(ProtoUDP, join(udpDatagram(1000, 53, hello), padding)), wantU4.bare()},
		{"UDP length too small", LinkRaw, ip4(ProtoUDP, join(u16(1), u16(2), u16(7), u16(0), hello)), want{v4: true, proto: ProtoUDP, src: 1, dst: 2, noEthernet: true}},
		{"UDP length 0", LinkRaw, ip4(ProtoUDP, join(u16(1000), u16(53), u16(0), u16(0), hello)), wantU4.bare()},
		{"TCP offset too small", LinkRaw, ip4(ProtoTCP, join(u16(1), u16(2), u32(0), u32(0), []byte{0x40, ACK}, u16(0), u32(0), hello)), want{v4: true, proto: ProtoTCP, src: 1, dst: 2, noEthernet: true}},
		{"TCP offset too large", LinkRaw, ip4(ProtoTCP, join(u16(1), u16(2), u32(0), u32(0), []byte{0xf0, ACK}, u16(0), u32(0), hello)), want{v4: true, proto: ProtoTCP, src: 1, dst: 2, noEthernet: true}},
	}
}

func vectors() []vector {
	all := linkVectors()
	all = append(all, wifiVectors()...)
	all = append(all, ipVectors()...)
	return append(all, tunnelVectors()...)
}

func TestDecode(t *testing.T) {
	t.Parallel()
	for _, v := range vectors() {
		t.Run(v.name, func(t *testing.T) {
			t.Parallel()
			p, r := decode(v.link, v.frame)
			require.Equal(t, OK, r)
			v.want.check(t, &p)
			require.EqualValues(t, 1, p.Count)
			require.EqualValues(t, len(v.frame), p.WireLen)
			require.EqualValues(t, len(p.Payload), p.PayloadLen)
		})
	}
}

func (w want) check(t *testing.T, p *Packet) {
	t.Helper()
	src, dst, version := AddrFrom(hostA6), AddrFrom(hostB6), uint8(6)
	if w.v4 {
		src, dst, version = AddrFrom(hostA4), AddrFrom(hostB4), 4
	}
	require.Equal(t, src, p.Src)
	require.Equal(t, dst, p.Dst)
	require.Equal(t, version, p.IPVersion)
	require.Equal(t, uint8(64), p.TTL)
	require.Equal(t, uint8(0xb8), p.TOS)
	require.Equal(t, [4]uint16{w.src, w.dst, w.vlan, w.in}, [4]uint16{p.SrcPort, p.DstPort, p.VLAN, p.InnerVLAN})
	require.Equal(t, w.proto, p.Proto)
	require.Equal(t, w.icmp, [2]uint8{p.ICMPType, p.ICMPCode})
	require.Equal(t, w.tunnel, p.Tunnel)
	require.Equal(t, w.id, p.TunnelID)
	require.Equal(t, w.payload, string(p.Payload))
	require.False(t, p.Fragment)
	if !w.noEthernet {
		require.Equal(t, macA, p.SrcMAC)
		require.Equal(t, macB, p.DstMAC)
	}
}

// Every prefix of a good frame must be decoded or refused without a panic, with
// slices within it, and never as anything but the frame's own flow, an outer one
// of it, or a part of them.
func TestTruncation(t *testing.T) {
	t.Parallel()
	for _, v := range vectors() {
		t.Run(v.name, func(t *testing.T) {
			t.Parallel()
			d := NewDecoder(Options{})
			for n := range v.frame {
				var p Packet
				r := d.Decode(v.link, 1, uint32(len(v.frame)), v.frame[:n:n], &p)
				if r != OK {
					require.Contains(t, []Reason{TruncatedLink, TruncatedIP, NotIP}, r, "at %d", n)
					continue
				}
				require.LessOrEqual(t, len(p.Payload), int(p.PayloadLen), "at %d", n)
				require.LessOrEqual(t, int(p.PayloadLen), len(v.frame), "at %d", n)
				if p.Tunnel == v.want.tunnel && p.Proto == v.want.proto && len(p.Payload) > 0 {
					require.Len(t, v.want.payload, int(p.PayloadLen), "at %d", n)
				}
			}
		})
	}
}

func TestTCPFields(t *testing.T) {
	t.Parallel()
	options := []byte{2, 4, 5, 0xb4, 1, 1, 1, 0}
	data := ip4(ProtoTCP, tcpSegment(1, 2, options, hello))
	p, r := decode(LinkRaw, data)
	require.Equal(t, OK, r)
	require.Equal(t, ACK|PSH, p.TCPFlags)
	require.Equal(t, uint32(0x01020304), p.Seq)
	require.Equal(t, uint32(0x05060708), p.Ack)
	require.Equal(t, uint16(8192), p.Window)
	require.Equal(t, options, p.TCPOptions)

	// Cut within the options: what is there, and the payload's length by the header.
	r = NewDecoder(Options{}).Decode(LinkRaw, 1, uint32(len(data)), data[:44], &p)
	require.Equal(t, OK, r)
	require.Equal(t, options[:4], p.TCPOptions)
	require.Empty(t, p.Payload)
	require.EqualValues(t, len(hello), p.PayloadLen)

	// Cut right behind the ports.
	r = NewDecoder(Options{}).Decode(LinkRaw, 1, uint32(len(data)), data[:24], &p)
	require.Equal(t, OK, r)
	require.Equal(t, [2]uint16{1, 2}, [2]uint16{p.SrcPort, p.DstPort})
	require.Zero(t, p.TCPFlags)

	// Cut within the ports.
	r = NewDecoder(Options{}).Decode(LinkRaw, 1, uint32(len(data)), data[:23], &p)
	require.Equal(t, OK, r)
	require.Zero(t, p.SrcPort)
}

// A length beyond what was on the wire counts for nothing.
func TestOverrun(t *testing.T) {
	t.Parallel()
	long4, long6 := ip4(ProtoUDP, udpDatagram(1000, 53, hello)), ip6(ProtoUDP, udpDatagram(1000, 53, hello))
	long4[2], long6[4] = 0x7f, 0x7f
	for _, data := range [][]byte{long4, long6} {
		p, r := decode(LinkEthernet, frame(data))
		require.Equal(t, OK, r)
		require.Equal(t, hello, p.Payload)
		require.EqualValues(t, len(hello), p.PayloadLen)
	}
}

func TestReasons(t *testing.T) {
	t.Parallel()
	short := ip4(ProtoUDP, nil)
	short[3] = 19
	wrongVersion := ip4(ProtoUDP, nil)
	wrongVersion[0] = 0x55
	shortHeader := ip4(ProtoUDP, nil)
	shortHeader[0] = 0x44
	deep := udp4
	for range maxTunnels + 1 {
		deep = ip4(ProtoIPIP, deep)
	}
	tags := udp4
	typ := etherIPv4
	for range maxHeaders + 1 {
		tags, typ = vlanTag(1, typ, tags), etherVLAN
	}
	chain := tcpSegment(1, 2, nil, nil)
	next := ProtoTCP
	for range maxExtensions {
		chain, next = ext6(next, chain), extDestination
	}
	wep := join([]byte{8, 0x40}, make([]byte, 60))
	for _, c := range []struct {
		name string
		link LinkType
		data []byte
		want Reason
	}{
		{"ARP", LinkEthernet, ethFrame(0x0806, padding), NotIP},
		{"spanning tree", LinkEthernet, ethFrame(38, join([]byte{0x42, 0x42, 3}, make([]byte, 35))), NotIP},
		{"CDP", LinkEthernet, ethFrame(20, join([]byte{0xaa, 0xaa, 3, 0, 0, 0xc, 0x20, 0}, padding)), NotIP},
		{"PPPoE discovery", LinkEthernet, ethFrame(0x8863, join([]byte{0x11, 9, 0, 0, 0, 0}, padding)), NotIP},
		{"PPP LCP", LinkPPP, []byte{0xff, 3, 0xc0, 0x21, 1}, NotIP},
		{"SLARP", LinkCiscoHDLC, []byte{0x8f, 0, 0x80, 0x35, 0}, NotIP},
		{"netlink", LinkSLL, join(u16(0), u16(824), u16(0), make([]byte, 8), u16(etherIPv4), udp4), NotIP},
		{"AF_UNSPEC", LinkNull, join(u32(0), udp4), NotIP},
		{"802.11 beacon", LinkIEEE80211, join([]byte{0x80, 0}, make([]byte, 60)), NotIP},
		{"802.11 null data", LinkIEEE80211, join([]byte{0x48, 0}, make([]byte, 60)), NotIP},
		{"802.11 protected", LinkIEEE80211, wep, NotIP},
		{"MPLS with an unknown load", LinkEthernet, ethFrame(0x8847, join(u32(0x100), []byte{0x10}, make([]byte, 40))), NotIP},
		{"unknown link", 147, udp4, UnsupportedLink},
		{"PPI with an unknown link", LinkPPI, []byte{0, 0, 8, 0, 147, 0, 0, 0, 1}, UnsupportedLink},
		{"empty", LinkEthernet, nil, TruncatedLink},
		{"cut VLAN tag", LinkEthernet, ethFrame(0x8100, []byte{0}), TruncatedLink},
		{"cut label", LinkEthernet, ethFrame(0x8847, u32(0)), TruncatedLink},
		{"empty raw", LinkRaw, nil, TruncatedIP},
		{"cut IPv4", LinkEthernet, frame(udp4)[:33], TruncatedIP},
		{"cut IPv6", LinkEthernet, frame(udp6)[:53], TruncatedIP},
		{"total length below header", LinkRaw, short, BadIP},
		{"version", LinkRaw, wrongVersion, BadIP},
		{"header length", LinkRaw, shortHeader, BadIP},
		{"IPv4 type, IPv6 packet", LinkEthernet, ethFrame(etherIPv4, udp6), BadIP},
		{"extension header beyond the packet", LinkRaw, ip6(extHopByHop, []byte{6, 9, 0, 0, 0, 0, 0, 0}), BadIP},
		{"tunnels", LinkRaw, deep, TooDeep},
		{"tags", LinkEthernet, ethFrame(etherVLAN, tags), TooDeep},
		{"extension headers", LinkRaw, ip6(next, chain), TooDeep},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, r := decode(c.link, c.data)
			require.Equal(t, c.want, r, r.String())
			require.NotEmpty(t, r.Help())
		})
	}
}

func TestSupportedMatchesDecode(t *testing.T) {
	t.Parallel()
	for link := range LinkType(400) {
		_, r := decode(link, make([]byte, 64))
		require.Equal(t, link.Supported(), r != UnsupportedLink, "link type %d", link)
	}
}
