package packet

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func overUDP4(dst int, body []byte) []byte { return frame(ip4(ProtoUDP, udpDatagram(5000, dst, body))) }

func greVectors() []vector {
	over := func(body ...[]byte) []byte { return frame(ip4(ProtoGRE, join(body...))) }
	inner := frame(udp4)
	ppp := join([]byte{0xff, 3, 0, 0x21}, udp4)
	return []vector{
		{"GRE", LinkEthernet, over(u16(0), u16(etherIPv4), udp4), wantU4.in4(GRE, 0)},
		{"GRE with checksum, key and sequence", LinkEthernet, over(u16(0xb000), u16(etherIPv6), u32(0), u32(77), u32(1), udp6), wantU6.in4(GRE, 77)},
		{"GRE with Ethernet", LinkEthernet, over(u16(0x2000), u16(0x6558), u32(78), inner), wantU4.in4(GRE, 78)},
		{"GRE with MPLS", LinkEthernet, over(u16(0), u16(0x8847), u32(0x100), udp4), wantU4.in4(GRE, 0)},
		{"ERSPAN I", LinkEthernet, over(u16(0), u16(0x88be), inner), wantU4.in4(ERSPAN, 0)},
		{"ERSPAN II", LinkEthernet, over(u16(0x1000), u16(0x88be), u32(1), u16(0x1005), u16(0xa064), u32(0), inner), wantU4.in4(ERSPAN, 100)},
		{"ERSPAN III", LinkEthernet, over(u16(0x1000), u16(0x22eb), u32(1), u16(0x2005), u16(0x0065), u32(0), u16(0), u16(0), inner), wantU4.in4(ERSPAN, 101)},
		{"ERSPAN III with platform header", LinkEthernet, over(u16(0x1000), u16(0x22eb), u32(1), u16(0x2005), u16(0x0065), u32(0), u16(0), u16(1), u32(0), u32(0), inner), wantU4.in4(ERSPAN, 101)},
		{"PPTP", LinkEthernet, over(u16(0x3001), u16(0x880b), u16(len(ppp)), u16(33), u32(1), ppp), wantU4.in4(PPTP, 33)},
		{"PPTP with acknowledgement", LinkEthernet, over(u16(0x3081), u16(0x880b), u16(len(ppp)), u16(33), u32(1), u32(1), ppp), wantU4.in4(PPTP, 33)},
		{"GRE in IPv6", LinkEthernet, frame(ip6(ProtoGRE, join(u16(0), u16(etherIPv4), udp4))), wantU4.in4(GRE, 0)},
	}
}

func tunnelVectors() []vector {
	inner := frame(udp4)
	vxlanHeader := join([]byte{8, 0, 0, 0}, u32(42<<8))
	teredoAuth := join([]byte{0, 1, 2, 1}, make([]byte, 12))
	origin := make([]byte, 8)
	ppp := join([]byte{0xff, 3, 0, 0x21}, udp4)
	container := []byte{1, 0, 9, 0x85, 1, 0, 5, 0}
	return append(append(greVectors(), capwapVectors()...), []vector{
		{"4in4", LinkEthernet, frame(ip4(ProtoIPIP, udp4)), wantU4.in4(IPinIP, 0)},
		{"6in4", LinkEthernet, frame(ip4(ProtoIPv6, udp6)), wantU6.in4(IPinIP, 0)},
		{"4in6", LinkEthernet, frame(ip6(ProtoIPIP, udp4)), wantU4.in4(IPinIP, 0)},
		{"6in6", LinkEthernet, frame(ip6(extDestination, ext6(ProtoIPv6, udp6))), wantU6.in4(IPinIP, 0)},
		{"VXLAN", LinkEthernet, overUDP4(4789, join(vxlanHeader, inner)), wantU4.in4(VXLAN, 42)},
		{"VXLAN on the old port", LinkEthernet, overUDP4(8472, join(vxlanHeader, inner)), wantU4.in4(VXLAN, 42)},
		{"VXLAN in a VLAN, VLAN inside", LinkEthernet, ethFrame(0x8100, vlanTag(5, etherIPv4, ip4(ProtoUDP, udpDatagram(1, 4789, join(vxlanHeader, ethFrame(0x8100, vlanTag(6, etherIPv4, udp4))))))), wantU4.in4(VXLAN, 42).tagged(5, 0)},
		{"Geneve", LinkEthernet, overUDP4(6081, join([]byte{0, 0}, u16(0x6558), u32(43<<8), inner)), wantU4.in4(Geneve, 43)},
		{"Geneve with options and IPv6", LinkEthernet, overUDP4(6081, join([]byte{2, 0}, u16(etherIPv6), u32(43<<8), make([]byte, 8), udp6)), wantU6.in4(Geneve, 43)},
		{"GTP-U", LinkEthernet, overUDP4(2152, gtpu8(0x30, 255, 99, udp4)), wantU4.in4(GTPU, 99)},
		{"GTP-U with sequence", LinkEthernet, overUDP4(2152, gtpu8(0x32, 255, 99, join(u32(0), udp6))), wantU6.in4(GTPU, 99)},
		{"GTP-U with extensions", LinkEthernet, overUDP4(2152, gtpu8(0x34, 255, 99, join([]byte{0, 0, 0, 0x85}, container, udp4))), wantU4.in4(GTPU, 99)},
		{"Teredo", LinkEthernet, overUDP4(3544, udp6), wantU6.in4(Teredo, 0)},
		{"Teredo with authentication and origin", LinkEthernet, overUDP4(3544, join(teredoAuth, origin, udp6)), wantU6.in4(Teredo, 0)},
		{"Teredo from the server", LinkEthernet, frame(ip4(ProtoUDP, udpDatagram(3544, 5000, join(origin, udp6)))), wantU6.in4(Teredo, 0)},
		{"L2TP", LinkEthernet, overUDP4(1701, join(u16(0x0002), u16(3), u16(4), ppp)), wantU4.in4(L2TP, 3<<16|4)},
		{"L2TP with length, sequence and offset", LinkEthernet, overUDP4(1701, join(u16(0x4a02), u16(99), u16(3), u16(4), u32(0), u16(2), u16(0), ppp)), wantU4.in4(L2TP, 3<<16|4)},
		{"VXLAN in GRE", LinkEthernet, frame(ip4(ProtoGRE, join(u16(0), u16(etherIPv4), ip4(ProtoUDP, udpDatagram(1, 4789, join(vxlanHeader, inner)))))), wantU4.in4(VXLAN, 42)},
	}...)
}

func capwapVectors() []vector {
	from, to, ap := macA[:], macB[:], make([]byte, 6)
	llc := join([]byte{0xaa, 0xaa, 3, 0, 0, 0}, u16(etherIPv4), udp4)
	ethernet, radio := join([]byte{0, 2 << 3, 2, 0}, u32(0)), join([]byte{0, 2 << 3, 3, 0}, u32(0))
	withInfo := join([]byte{0, 4 << 3, 3, 0x20}, u32(0), []byte{4, 1, 2, 3, 4, 0, 0, 0})
	return []vector{
		{"CAPWAP with Ethernet", LinkEthernet, overUDP4(5247, join(ethernet, frame(udp4))), wantU4.in4(CAPWAP, 0)},
		{"CAPWAP with 802.11", LinkEthernet, overUDP4(5247, join(radio, []byte{8, 1, 0, 0}, ap, from, to, []byte{0x10, 1}, llc)), wantU4.in4(CAPWAP, 0)},
		{"CAPWAP with 802.11, bytes swapped", LinkEthernet, overUDP4(5247, join(radio, []byte{1, 8, 0, 0}, ap, from, to, []byte{1, 0x10}, llc)), wantU4.in4(CAPWAP, 0)},
		{"CAPWAP from the controller, with radio information", LinkEthernet, frame(ip4(ProtoUDP, udpDatagram(5247, 12380, join(withInfo, []byte{2, 8, 0, 0}, to, ap, from, u16(0), llc)))), wantU4.in4(CAPWAP, 0)},
	}
}

// Whatever is not an IP packet in a tunnel leaves the packet the outer one.
func TestTunnelStaysOuter(t *testing.T) {
	t.Parallel()
	vxlanHeader := join([]byte{8, 0, 0, 0}, u32(42<<8))
	claims := ip6(ProtoUDP, udpDatagram(1000, 53, hello))
	claims[5] += 9
	for _, c := range []struct {
		name  string
		proto uint8
		dst   uint16
		body  []byte
	}{
		{"VXLAN with ARP", ProtoUDP, 4789, join(vxlanHeader, ethFrame(0x0806, padding))},
		{"VXLAN without the flag", ProtoUDP, 4789, join(make([]byte, 8), frame(udp4))},
		{"Geneve of another version", ProtoUDP, 6081, join([]byte{0x40, 0}, u16(0x6558), u32(0), frame(udp4))},
		{"GTP-U echo", ProtoUDP, 2152, gtpu8(0x32, 1, 0, make([]byte, 6))},
		{"GTP-U extension of length 0", ProtoUDP, 2152, gtpu8(0x34, 255, 9, join([]byte{0, 0, 0, 0x85, 0}, udp4))},
		{"GTP-U with something else", ProtoUDP, 2152, gtpu8(0x30, 255, 9, frame(udp4))},
		{"Teredo port, IPv4", ProtoUDP, 3544, udp4},
		{"Teredo's bubble", ProtoUDP, 3544, ip6(59, nil)},
		{"Teredo's router solicitation", ProtoUDP, 3544, ip6(58, []byte{133, 0, 0x7d, 0x38, 0, 0, 0, 0})},
		{"Teredo beyond the datagram", ProtoUDP, 3544, claims},
		{"CAPWAP keep-alive", ProtoUDP, 5247, join([]byte{0, 2 << 3, 2, 8}, u32(0), frame(udp4))},
		{"CAPWAP fragment", ProtoUDP, 5247, join([]byte{0, 2 << 3, 2, 0x80}, u32(0), frame(udp4))},
		{"CAPWAP in DTLS", ProtoUDP, 5247, join([]byte{1, 0, 0, 0}, u32(0), frame(udp4))},
		{"CAPWAP of another radio", ProtoUDP, 5247, join([]byte{0, 2 << 3, 5, 0}, u32(0), frame(udp4))},
		{"CAPWAP with a header too long", ProtoUDP, 5247, join([]byte{0, 31 << 3, 2, 0}, u32(0), frame(udp4))},
		{"CAPWAP with a beacon", ProtoUDP, 5247, join([]byte{0, 2 << 3, 3, 0}, u32(0), []byte{0x80, 0}, make([]byte, 60))},
		{"L2TP control", ProtoUDP, 1701, join(u16(0xc802), u16(12), u16(3), u16(0), u32(0))},
		{"L2TP with LCP", ProtoUDP, 1701, join(u16(2), u16(3), u16(4), []byte{0xff, 3, 0xc0, 0x21}, padding)},
		{"GRE keep-alive", ProtoGRE, 0, join(u16(0), u16(0))},
		{"GRE with source route", ProtoGRE, 0, join(u16(0x4000), u16(etherIPv4), u32(0), udp4)},
		{"PPTP acknowledgement", ProtoGRE, 0, join(u16(0x2081), u16(0x880b), u16(0), u16(33), u32(1))},
		{"IPIP with garbage", ProtoIPIP, 0, hello},
		{"6in4 of the wrong version", ProtoIPv6, 0, udp4},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			load, src := c.body, uint16(0)
			if c.proto == ProtoUDP {
				load, src = udpDatagram(5000, int(c.dst), c.body), 5000
			}
			p, r := decode(LinkEthernet, join(frame(ip4(c.proto, load)), padding))
			require.Equal(t, OK, r)
			w := want{v4: true, proto: c.proto, src: src, dst: c.dst, payload: string(c.body)}
			w.check(t, &p)
			require.EqualValues(t, len(c.body), p.PayloadLen)
		})
	}
}

func TestKeepTunnels(t *testing.T) {
	t.Parallel()
	d := NewDecoder(Options{KeepTunnels: true})
	for _, v := range tunnelVectors() {
		var p Packet
		require.Equal(t, OK, d.Decode(v.link, 1, uint32(len(v.frame)), v.frame, &p), v.name)
		require.Equal(t, NoTunnel, p.Tunnel, v.name)
		require.Contains(t, []uint8{ProtoUDP, ProtoGRE, ProtoIPIP, ProtoIPv6}, p.Proto, v.name)
	}
}

func TestTunnelNames(t *testing.T) {
	t.Parallel()
	for kind := IPinIP; kind < numTunnels; kind++ {
		require.NotEmpty(t, kind.String())
	}
	require.Empty(t, NoTunnel.String())
}
