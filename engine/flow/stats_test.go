package flow

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestShapeAgainstTwoPasses(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	for name, gap := range map[string]func() time.Duration{
		"random":   func() time.Duration { return time.Duration(rng.Int64N(int64(50 * time.Second))) },
		"periodic": func() time.Duration { return 20 * time.Millisecond },
		"jitter":   func() time.Duration { return 20*time.Millisecond + time.Duration(rng.IntN(2000)) },
	} {
		b := newBench(t, Config{ActiveTimeout: 24 * 365 * time.Hour})
		var lengths, gaps []float64
		var now time.Duration
		for i := range 2000 {
			if i > 0 {
				g := gap()
				now += g
				gaps = append(gaps, float64(g))
			}
			n := uint32(60 + rng.IntN(1440)) //nolint:gosec // small
			lengths = append(lengths, float64(n))
			b.packets(udpPacket(now, client(), server(), wire(n)))
		}
		r := b.one()
		mean, dev := meanStddev(lengths)
		require.InDelta(t, mean, value(t, r, "cli2srv_len_mean").Float(), 1e-6, name)
		require.InDelta(t, dev, value(t, r, "cli2srv_len_stddev").Float(), 1e-6, name)
		mean, dev = meanStddev(gaps)
		require.InDelta(t, mean, float64(value(t, r, "cli2srv_iat_mean").Int()), 1, name)
		require.InDelta(t, dev, float64(value(t, r, "cli2srv_iat_stddev").Int()), 1+dev*1e-9, name)
	}
}

func meanStddev(values []float64) (mean, dev float64) {
	for _, v := range values {
		mean += v / float64(len(values))
	}
	for _, v := range values {
		dev += (v - mean) * (v - mean) / float64(len(values))
	}
	return mean, math.Sqrt(dev)
}

func TestShapeOfFew(t *testing.T) {
	t.Parallel()
	r := newBench(t, Config{}).packets(udpPacket(0, client(), server(), wire(100), func(p *packet.Packet) { p.TOS, p.TTL = 46<<2, 60 })).one()
	require.EqualValues(t, 46, num(t, r, "cli2srv_dscp"))
	require.EqualValues(t, 60, num(t, r, "cli2srv_ttl"))
	for _, null := range []string{"srv2cli_ttl", "srv2cli_len_min", "srv2cli_len_mean", "cli2srv_iat_min", "cli2srv_iat_mean", "cli2srv_tcp_flags", "icmp_type", "tunnel", "tunnel_id", "inner_vlan_id", "srv_rtt"} {
		require.True(t, value(t, r, null).IsNull(), null)
	}
	r = newBench(t, Config{}).packets(udpPacket(0, client(), server()), udpPacket(time.Second, client(), server()), udpPacket(4*time.Second, client(), server())).one()
	for name, want := range map[string]time.Duration{"min": time.Second, "max": 3 * time.Second, "mean": 2 * time.Second, "stddev": time.Second} {
		require.Equal(t, int64(want), value(t, r, "cli2srv_iat_"+name).Int(), name)
	}
}

// Only tunnels that tell which one a packet belongs to have an identifier.
func TestTunnelID(t *testing.T) {
	t.Parallel()
	through := func(kind packet.Tunnel, id uint32) *Record {
		return newBench(t, Config{}).packets(udpPacket(0, client(), server(), func(p *packet.Packet) { p.Tunnel, p.TunnelID = kind, id })).one()
	}
	for _, kind := range []packet.Tunnel{packet.IPinIP, packet.Teredo, packet.CAPWAP, packet.GRE} {
		require.True(t, value(t, through(kind, 0), "tunnel_id").IsNull(), kind)
	}
	for _, kind := range []packet.Tunnel{packet.GRE, packet.VXLAN, packet.GTPU} {
		require.EqualValues(t, 7, num(t, through(kind, 7), "tunnel_id"), kind)
	}
	require.False(t, value(t, through(packet.VXLAN, 0), "tunnel_id").IsNull(), "VNI 0 is one")
}

// A Packet that stands for several frames counts them all.
func TestSeveralFramesInOnePacket(t *testing.T) {
	t.Parallel()
	fragment := func(p *packet.Packet) { p.Fragment = true }
	r := newBench(t, Config{}).packets(
		udpPacket(0, client(), server(), wire(3001), count(3), fragment), udpPacket(time.Second, client(), server(), wire(999)),
	).one()
	require.EqualValues(t, 4, num(t, r, "packets"))
	require.EqualValues(t, 3, num(t, r, "fragments"))
	require.EqualValues(t, 4000, num(t, r, "bytes"))
	require.InDelta(t, 1000, value(t, r, "cli2srv_len_mean").Float(), 0)
	require.EqualValues(t, 1001, num(t, r, "cli2srv_len_max"))
	require.EqualValues(t, 999, num(t, r, "cli2srv_len_min"))
}
