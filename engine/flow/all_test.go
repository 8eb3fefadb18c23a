package flow

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestAllYieldsTheFlowsInTheTable while flows begin, are split and end.
func TestAllYieldsTheFlowsInTheTable(t *testing.T) {
	t.Parallel()
	s, err := NewShard(Config{ActiveTimeout: 30 * time.Second, MaxFlows: 50}, nil)
	require.NoError(t, err)
	var out Output
	ended := 0
	for n := range 2000 {
		after := time.Duration(n) * 100 * time.Millisecond
		clock := start + int64(after)
		s.Packet(udpPacket(after, at("192.0.2.10", uint16(1000+n*7%80)), server()), clock, 0) //nolint:gosec // small
		if n%3 == 0 {
			s.Advance(clock)
			s.Take(&out)
			ended += len(out.Ended)
		}
		seen := make(map[*Record]bool)
		for r := range s.All() {
			require.False(t, seen[r])
			require.LessOrEqual(t, r.FirstSeen(), clock)
			seen[r] = true
		}
		require.Len(t, seen, s.index.count)
	}
	require.Positive(t, ended)
	for range s.All() {
		return
	}
	t.Fatal("there are flows")
}
