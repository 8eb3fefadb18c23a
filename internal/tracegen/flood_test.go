package tracegen_test

import (
	"testing"

	"github.com/gopacket/gopacket"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/internal/tracegen"
)

func TestFloodFlowsAreDistinct(t *testing.T) {
	t.Parallel()
	for _, udp := range []bool{false, true} {
		type key struct{ network, transport gopacket.Flow }
		seen := map[key]int{}
		for first := range 2 {
			cfg := tracegen.FloodConfig{Flows: 1000, First: first * 1000, Rounds: 5, UDP: udp}
			for f := range tracegen.Flood(cfg) {
				p := decode(t, f)
				k := key{p.NetworkLayer().NetworkFlow(), p.TransportLayer().TransportFlow()}
				if p.TransportLayer().TransportFlow().Dst().String() != "80" {
					k = key{k.network.Reverse(), k.transport.Reverse()}
				}
				seen[k]++
			}
		}
		require.Len(t, seen, 2000)
		for k, n := range seen {
			require.Equal(t, 5, n, k)
		}
	}
}

// Each flow of a flood is a good TCP connection.
func TestFloodNumbersContinue(t *testing.T) {
	t.Parallel()
	var one []segment
	for f := range tracegen.Flood(tracegen.FloodConfig{Start: start, Flows: 1, First: 77, Rounds: 8}) {
		f.Data = append([]byte(nil), f.Data...)
		one = append(one, segments(t, []capture.Frame{f})...)
	}
	require.Equal(t, "S s. P p P p P p", flagString(one))
	requireHonestACKs(t, one)
	require.Len(t, stream(t, one, false, 48), 48)
	require.Len(t, stream(t, one, true, 48), 48)
}

func TestFloodStopsWhenAsked(t *testing.T) {
	t.Parallel()
	n := 0
	for range tracegen.Flood(tracegen.FloodConfig{Flows: 10}) {
		if n++; n == 3 {
			break
		}
	}
	require.Equal(t, 3, n)
}

func BenchmarkFlood(b *testing.B) {
	b.ReportAllocs()
	n := 0
	for range tracegen.Flood(tracegen.FloodConfig{Flows: b.N, Rounds: 1}) {
		n++
	}
	require.Equal(b, b.N, n)
}
