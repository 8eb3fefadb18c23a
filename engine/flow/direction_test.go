package flow

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestWhoIsTheClient(t *testing.T) {
	t.Parallel()
	low, high, other := at("192.0.2.1", 443), at("203.0.113.9", 50000), at("203.0.113.9", 50001)
	for name, tt := range map[string]struct {
		first  *packet.Packet
		client side
		by     string
	}{
		"syn":                       {tcpPacket(0, high, low, flags(packet.SYN)), high, "syn"},
		"syn from a service port":   {tcpPacket(0, low, high, flags(packet.SYN)), low, "syn"},
		"syn ack":                   {tcpPacket(0, high, low, flags(packet.SYN|packet.ACK)), low, "syn"},
		"midstream of the client":   {tcpPacket(0, high, low, flags(packet.ACK)), high, "first_packet"},
		"midstream of the server":   {tcpPacket(0, low, high, flags(packet.ACK)), high, "port"},
		"udp answer":                {udpPacket(0, low, high), high, "port"},
		"udp request":               {udpPacket(0, high, low), high, "first_packet"},
		"registered service":        {udpPacket(0, at("192.0.2.1", 5060), high), high, "port"},
		"both serve":                {udpPacket(0, at("192.0.2.1", 53), at("203.0.113.9", 5353)), at("192.0.2.1", 53), "first_packet"},
		"neither serves":            {udpPacket(0, other, high), other, "first_packet"},
		"port 0 is no service":      {udpPacket(0, at("192.0.2.1", 0), high), at("192.0.2.1", 0), "first_packet"},
		"to multicast":              {udpPacket(0, low, at("224.0.0.251", 50000)), low, "first_packet"},
		"to broadcast":              {udpPacket(0, low, at("255.255.255.255", 50000)), low, "first_packet"},
		"to IPv6 multicast":         {udpPacket(0, at("2001:db8::1", 547), at("ff02::1:2", 50000)), at("2001:db8::1", 547), "first_packet"},
		"ports say nothing of SCTP": {build(packet.ProtoSCTP, 0, low, high), low, "first_packet"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newBench(t, Config{}).packets(tt.first).one()
			addr, port := r.Client()
			require.Equal(t, tt.client, side{addr, port})
			require.Equal(t, tt.by, str(t, r, "client_by"))
			require.EqualValues(t, tt.client.port, num(t, r, "cli_port"))
			require.Equal(t, tt.client.addr.Netip(), value(t, r, "cli_ip").Addr())
			require.Equal(t, start, r.FirstSeen(), "whoever sent first")
		})
	}
}

func TestBothDirectionsAreOneFlow(t *testing.T) {
	t.Parallel()
	r := newBench(t, Config{}).packets(
		udpPacket(0, client(), server(), wire(100)),
		udpPacket(time.Second, server(), client(), wire(300), count(2)),
		udpPacket(2*time.Second, client(), server(), wire(50)),
	).one()
	require.EqualValues(t, 2, num(t, r, "cli2srv_packets"))
	require.EqualValues(t, 2, num(t, r, "srv2cli_packets"))
	require.EqualValues(t, 150, num(t, r, "cli2srv_bytes"))
	require.EqualValues(t, 300, num(t, r, "srv2cli_bytes"))
	require.EqualValues(t, 450, num(t, r, "bytes"))
	require.Equal(t, "two_way", str(t, r, "state"))
	require.Equal(t, int64(2*time.Second), value(t, r, "duration").Int())
}

func TestWhatTellsFlowsApart(t *testing.T) {
	t.Parallel()
	change := func(f func(*packet.Packet)) *packet.Packet { return udpPacket(0, client(), server(), f) }
	b := newBench(t, Config{})
	b.packets(
		change(func(*packet.Packet) {}),
		change(func(p *packet.Packet) { p.SrcPort++ }),
		change(func(p *packet.Packet) { p.Proto = packet.ProtoTCP }),
		change(func(p *packet.Packet) { p.VLAN = 7 }),
		change(func(p *packet.Packet) { p.Tunnel = packet.VXLAN }),
		change(func(p *packet.Packet) { p.Tunnel, p.TunnelID = packet.VXLAN, 9 }),
		change(func(p *packet.Packet) { p.Dst[15]++ }),
		change(func(p *packet.Packet) { p.VLAN, p.InnerVLAN = 7, 3 }),
		change(func(p *packet.Packet) { p.VLAN, p.InnerVLAN = 7, 4 }),
	)
	require.Equal(t, 9, b.shard.Len())
	// These do not: TTL, DSCP, another interface.
	b.packets(change(func(p *packet.Packet) { p.TTL, p.TOS = 9, 4 }))
	b.shard.Packet(udpPacket(0, client(), server()), start, 1)
	require.Equal(t, 9, b.shard.Len())
}

func TestAFlowToItself(t *testing.T) {
	t.Parallel()
	r := newBench(t, Config{}).packets(udpPacket(0, client(), client()), udpPacket(1, client(), client())).one()
	require.EqualValues(t, 2, num(t, r, "cli2srv_packets"))
}

func TestHardwareAddresses(t *testing.T) {
	t.Parallel()
	macs := func(src, dst byte) option {
		return func(p *packet.Packet) { p.SrcMAC, p.DstMAC = [6]byte{2, 5: src}, [6]byte{2, 5: dst} }
	}
	r := newBench(t, Config{}).packets(udpPacket(0, client(), server(), macs(1, 2))).one()
	require.EqualValues(t, 0x020000000001, num(t, r, "cli_mac"))
	require.EqualValues(t, 0x020000000002, num(t, r, "srv_mac"), "as addressed")
	r = newBench(t, Config{}).packets(
		udpPacket(0, client(), server(), macs(1, 2)), udpPacket(0, server(), client(), macs(3, 1)), udpPacket(0, server(), client(), macs(4, 1)),
	).one()
	require.EqualValues(t, 0x020000000003, num(t, r, "srv_mac"), "its own first frame")
	r = newBench(t, Config{}).packets(udpPacket(0, client(), server())).one()
	require.True(t, value(t, r, "cli_mac").IsNull())
}
