package flow

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func numbered(i int) side { return side{client().addr, uint16(10000 + i)} } //nolint:gosec // small

func TestEvictionTakesTheOldestIdle(t *testing.T) {
	t.Parallel()
	b := newBench(t, Config{MaxFlows: 3})
	at := func(sec int) time.Duration { return time.Duration(sec) * 2 * time.Second }
	b.packets(
		udpPacket(at(0), numbered(0), server()),
		tcpPacket(at(1), numbered(1), server()),
		udpPacket(at(2), numbered(2), server()),
		udpPacket(at(3), numbered(0), server()), // 0 was active again: 1 is the oldest
		udpPacket(at(4), numbered(3), server()),
		udpPacket(at(5), numbered(4), server()), // and now 2
	)
	require.Equal(t, 3, b.shard.Len())
	b.take()
	require.Equal(t, []string{"evicted", "evicted"}, reasons(b.ended))
	for i, port := range []uint16{10001, 10002} {
		_, got := b.ended[i].Client()
		require.Equal(t, port, got)
	}
	require.EqualValues(t, 2, b.shard.Counters()[0].Value)
	require.Len(t, b.records(), 5)
}

// A flow whose time has come was not evicted, whether a sweep found it or not.
func TestEvictionPrefersTheExpired(t *testing.T) {
	t.Parallel()
	b := newBench(t, Config{MaxFlows: 1})
	b.packets(udpPacket(0, numbered(0), server()), udpPacket(DefaultUDPTimeout+1, numbered(1), server()))
	b.take()
	require.Equal(t, []string{"idle"}, reasons(b.ended))
	require.Zero(t, b.shard.Counters()[0].Value)
}

func TestEvictionAfterAJumpOfTheClock(t *testing.T) {
	t.Parallel()
	for _, jump := range []time.Duration{time.Second, 61 * time.Second, 122 * time.Second, 123 * time.Second, 124 * time.Second, 400 * time.Second, 24 * time.Hour} {
		b := newBench(t, Config{MaxFlows: 4})
		for i := range 4 {
			b.packets(udpPacket(time.Duration(i)*time.Second, numbered(i), server()))
		}
		for i := range 20 {
			b.packets(udpPacket(3*time.Second+jump, numbered(i%3+10*i), server()))
			require.LessOrEqual(t, b.shard.Len(), 4)
		}
		var packets uint64
		for _, r := range b.records() {
			packets += r.Packets()
		}
		require.EqualValues(t, 24, packets)
	}
}
