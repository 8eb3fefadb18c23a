package flow

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestIdleTimeoutsByClass(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		proto   uint8
		timeout time.Duration
	}{
		"tcp":      {packet.ProtoTCP, DefaultTCPTimeout},
		"udp":      {packet.ProtoUDP, DefaultUDPTimeout},
		"udp lite": {packet.ProtoUDPLite, DefaultUDPTimeout},
		"icmp":     {packet.ProtoICMP, DefaultICMPTimeout},
		"icmpv6":   {packet.ProtoICMPv6, DefaultICMPTimeout},
		"esp":      {packet.ProtoESP, DefaultOtherTimeout},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			first := build(tt.proto, 0, client(), server(), flags(packet.ACK))
			inTime := build(tt.proto, tt.timeout, client(), server(), flags(packet.ACK))
			late := build(tt.proto, 2*tt.timeout+1, client(), server(), flags(packet.ACK))
			got := newBench(t, Config{}).packets(first, inTime, late).records()
			require.Equal(t, []string{"idle", "end_of_input"}, reasons(got))
			require.EqualValues(t, 2, got[0].Packets())

			swept := newBench(t, Config{}).packets(first, inTime).advance(2*tt.timeout - time.Millisecond)
			require.Equal(t, 1, swept.shard.Len(), "not before its time")
			swept.advance(2*tt.timeout + 2*time.Second)
			require.Zero(t, swept.shard.Len(), "swept at most two seconds late")
			require.Equal(t, []string{"idle"}, reasons(swept.ended))
		})
	}
}

func TestClosedFlowsLingerAndThenEnd(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		close         []*packet.Packet
		reason, state string
	}{
		"fin both ways": {[]*packet.Packet{
			tcpPacket(time.Second, client(), server(), flags(packet.FIN|packet.ACK), seq(1)),
			tcpPacket(time.Second, server(), client(), flags(packet.FIN|packet.ACK), seq(1)),
		}, "fin", "closed"},
		"reset": {[]*packet.Packet{tcpPacket(time.Second, server(), client(), flags(packet.RST))}, "rst", "reset"},
		"reset after close": {[]*packet.Packet{
			tcpPacket(time.Second, client(), server(), flags(packet.FIN|packet.ACK), seq(1)),
			tcpPacket(time.Second, server(), client(), flags(packet.FIN|packet.ACK), seq(1)),
			tcpPacket(time.Second, client(), server(), flags(packet.RST)),
		}, "fin", "closed"},
		"reset after half close": {[]*packet.Packet{
			tcpPacket(time.Second, client(), server(), flags(packet.FIN|packet.ACK), seq(1)),
			tcpPacket(time.Second, server(), client(), flags(packet.RST)),
			tcpPacket(time.Second, server(), client(), flags(packet.FIN|packet.ACK), seq(1)),
		}, "rst", "reset"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, Config{}).packets(tcpPacket(0, client(), server(), flags(packet.SYN))).packets(tt.close...)
			b.packets(tcpPacket(9*time.Second, client(), server(), flags(packet.ACK), seq(2))) // a late ACK is no new flow
			b.advance(18 * time.Second)
			require.Equal(t, 1, b.shard.Len())
			b.advance(21 * time.Second)
			require.Zero(t, b.shard.Len())
			r := b.one()
			require.Equal(t, tt.reason, str(t, r, "end_reason"))
			require.Equal(t, tt.state, str(t, r, "state"))
		})
	}
}

func TestClosedFlowEndsAsClosedAtEndOfInput(t *testing.T) {
	t.Parallel()
	r := newBench(t, Config{}).packets(tcpPacket(0, client(), server(), flags(packet.RST|packet.ACK))).one()
	require.Equal(t, "rst", str(t, r, "end_reason"))
}

// Where a capture runs back in time, flows that are short stay whole.
func TestActiveTimeoutGoesByTheFlowsOwnTime(t *testing.T) {
	t.Parallel()
	b := newBench(t, Config{ActiveTimeout: 10 * time.Second})
	later := build(packet.ProtoUDP, time.Hour, at("192.0.2.30", 1), server())
	b.packets(later, build(packet.ProtoUDP, 0, client(), server()), build(packet.ProtoUDP, time.Second, client(), server()))
	require.Equal(t, []string{"end_of_input", "end_of_input"}, reasons(b.records()))
}

func TestActiveTimeoutContinuesTheFlow(t *testing.T) {
	t.Parallel()
	b := newBench(t, Config{ActiveTimeout: 10 * time.Second, Tick: time.Hour})
	b.packets(
		tcpPacket(0, client(), server(), flags(packet.SYN), seq(100)),
		tcpPacket(time.Second, server(), client(), flags(packet.SYN|packet.ACK), seq(500), ack(101)),
		tcpPacket(2*time.Second, client(), server(), flags(packet.ACK), seq(101), ack(501), payload(10)),
		// The continuation begins with a packet of the server.
		tcpPacket(13*time.Second, server(), client(), flags(packet.ACK), seq(501), ack(111), payload(10)),
		tcpPacket(14*time.Second, server(), client(), flags(packet.ACK), seq(501), ack(111), payload(10)),
	)
	got := b.records()
	require.Equal(t, []string{"active_timeout", "end_of_input"}, reasons(got))
	first, second := &got[0], &got[1]
	require.EqualValues(t, 3, first.Packets())
	require.EqualValues(t, 2, second.Packets())
	require.Equal(t, start+int64(13*time.Second), second.FirstSeen())
	require.Equal(t, [2]int64{start, start}, [2]int64{first.Began(), second.Began()}, "the flow's start is remembered")
	cli, srv := first.SideBytes()
	earlierCli, earlierSrv := second.EarlierBytes()
	require.Equal(t, [2]uint64{cli, srv}, [2]uint64{earlierCli, earlierSrv})
	require.Equal(t, str(t, first, "client_by"), str(t, second, "client_by"))
	require.Equal(t, value(t, first, "cli_ip").Addr(), value(t, second, "cli_ip").Addr())
	require.Equal(t, "established", str(t, second, "state"))
	require.EqualValues(t, 1, num(t, second, "srv2cli_retransmissions"), "sequence numbers are remembered")
	require.Equal(t, value(t, first, "srv_mac").Uint(), value(t, second, "srv_mac").Uint())

	var started, ended int
	for _, d := range b.delta {
		if d.Started {
			started++
		}
		if d.Ended {
			ended++
		}
	}
	require.Equal(t, [2]int{1, 1}, [2]int{started, ended}, "it was one flow")
}

func TestLongJumpsOfTheClock(t *testing.T) {
	t.Parallel()
	b := newBench(t, Config{})
	for i := range uint16(500) {
		b.packets(udpPacket(time.Duration(i)*time.Millisecond, side{client().addr, i}, server()))
	}
	began := time.Now()
	b.packets(udpPacket(80*365*24*time.Hour, client(), server()))
	b.advance(90 * 365 * 24 * time.Hour)
	require.Less(t, time.Since(began), time.Second)
	require.Zero(t, b.shard.Len())
	require.Len(t, b.ended, 501)
}

func TestBackwardAndExtremeTimes(t *testing.T) {
	t.Parallel()
	b := newBench(t, Config{})
	b.packets(udpPacket(0, client(), server()), udpPacket(-time.Hour, client(), server()), udpPacket(-2*time.Hour, server(), client()))
	r := b.one()
	require.EqualValues(t, 3, r.Packets(), "older packets belong to the flow")
	require.Zero(t, value(t, r, "duration").Int())
	require.Zero(t, value(t, r, "cli2srv_iat_max").Int())

	b = newBench(t, Config{})
	for _, when := range []int64{-1 << 63, -1, 0, 1, 1<<63 - 1, -1 << 63} {
		p := udpPacket(0, client(), server())
		p.Time = when
		b.packets(p)
		b.shard.Advance(b.clock)
	}
	var packets uint64
	for _, r := range b.records() {
		packets += r.Packets()
		require.GreaterOrEqual(t, value(t, &r, "duration").Int(), int64(0))
		require.GreaterOrEqual(t, value(t, &r, "cli2srv_iat_mean").Int(), int64(0))
	}
	require.EqualValues(t, 6, packets)
}

// Flows of the small rings must be swept even when much time passes between two
// calls of Advance.
func TestSweepMissesNobody(t *testing.T) {
	t.Parallel()
	b := newBench(t, Config{})
	ping := func(after time.Duration, n byte) {
		b.packets(build(packet.ProtoICMP, after, at("10.0.0.1", 0), side{packet.AddrFrom4([4]byte{10, 1, 0, n}), 0}))
	}
	ping(0, 1)
	b.advance(0)
	b.advance(60 * time.Second)
	// Within one run of packets the clock goes on for longer than the ring is.
	ping(60500*time.Millisecond, 2)
	ping(63*time.Second, 3)
	ping(63*time.Second, 4)
	ping(64*time.Second, 5)
	b.advance(64 * time.Second)
	require.Len(t, b.ended, 1)
	b.advance(123 * time.Second)
	require.Len(t, b.ended, 2)
	b.advance(127 * time.Second)
	require.Len(t, b.ended, 5)
}
