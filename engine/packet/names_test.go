package packet

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestNames(t *testing.T) {
	t.Parallel()
	require.Equal(t, "EN10MB", LinkEthernet.String())
	require.Equal(t, "147", LinkType(147).String())
	require.Equal(t, "ICMPv6", ProtoName(ProtoICMPv6))
	require.Equal(t, "UDP-Lite", ProtoName(ProtoUDPLite))
	require.Equal(t, "200", ProtoName(200))
	require.Equal(t, "192.0.2.1", AddrFrom(hostA4).String())
	require.Equal(t, "2001:db8::1", AddrFrom(hostA6).String())
	require.Equal(t, AddrFrom(hostA4), AddrFrom4(hostA4.As4()))
}

// Each loss has a counter of its own.
func TestCounters(t *testing.T) {
	t.Parallel()
	s := Stats{Reassembled: 1, TimedOut: 2, Evicted: 3, Overlapping: 4, Unfit: 5, Orphaned: 6}
	got := map[string]uint64{}
	for _, c := range s.Counters() {
		require.NotEmpty(t, c.Help)
		got[strings.TrimPrefix(c.Name, "fragments_")] = c.Value
	}
	require.Equal(t, map[string]uint64{"timed_out": 2, "evicted": 3, "overlapping": 4, "unfit": 5, "orphaned": 6}, got)
}
