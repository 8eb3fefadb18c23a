package flow

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/packet"
)

// TestCommunityID holds published vectors of the specification's baseline.
func TestCommunityID(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		proto    uint8
		src, dst side
		options  []option
		want     string
	}{
		"tcp":  {packet.ProtoTCP, at("128.232.110.120", 34855), at("66.35.250.204", 80), nil, "1:LQU9qZlK+B5F3KDmev6m5PMibrg="},
		"udp":  {packet.ProtoUDP, at("192.168.1.52", 54585), at("8.8.8.8", 53), nil, "1:d/FP5EW3wiY1vCndhwleRRKHowQ="},
		"sctp": {packet.ProtoSCTP, at("192.168.170.8", 7), at("192.168.170.56", 80), nil, "1:jQgCxbku+pNGw8WPbEc/TS/uTpQ="},
		"icmp echo": {packet.ProtoICMP, at("192.168.0.89", 0), at("192.168.0.1", 0), []option{icmpType(8, 0)},
			"1:X0snYXpgwiv9TZtqg64sgzUn6Dk="},
		"icmp6 echo": {packet.ProtoICMPv6, at("fe80::200:86ff:fe05:80da", 0), at("fe80::260:97ff:fe07:69ea", 0), []option{icmpType(135, 0)},
			"1:dGHyGvjMfljg6Bppwm3bg0LO8TY="},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			there := newBench(t, Config{}).packets(build(tt.proto, 0, tt.src, tt.dst, tt.options...)).one()
			require.Equal(t, tt.want, str(t, there, "community_id"))
			if tt.proto == packet.ProtoICMP || tt.proto == packet.ProtoICMPv6 {
				return
			}
			back := newBench(t, Config{}).packets(build(tt.proto, 0, tt.dst, tt.src)).one()
			require.Equal(t, tt.want, back.CommunityID(), "whoever sends first")
		})
	}
}

// The counterpart of a message's counterpart is the message; both give one ID.
func TestCommunityIDOfICMPAnswers(t *testing.T) {
	t.Parallel()
	for proto, pair := range map[uint8]func(uint8) (uint8, bool){packet.ProtoICMP: icmp4Pair, packet.ProtoICMPv6: icmp6Pair} {
		pairs := 0
		for kind := range 256 {
			other, ok := pair(uint8(kind))
			if !ok {
				continue
			}
			pairs++
			again, ok := pair(other)
			require.True(t, ok)
			require.EqualValues(t, kind, again)
			there := newBench(t, Config{}).packets(build(proto, 0, client(), server(), icmpType(uint8(kind), 0))).one().CommunityID()
			back := newBench(t, Config{}).packets(build(proto, 0, server(), client(), icmpType(other, 0))).one().CommunityID()
			require.Equal(t, there, back)
		}
		require.NotZero(t, pairs)
		// One-way messages have a direction.
		kind := uint8(3)
		there := newBench(t, Config{}).packets(build(proto, 0, client(), server(), icmpType(kind, 1))).one().CommunityID()
		back := newBench(t, Config{}).packets(build(proto, 0, server(), client(), icmpType(kind, 1))).one().CommunityID()
		require.NotEqual(t, there, back)
	}
}
