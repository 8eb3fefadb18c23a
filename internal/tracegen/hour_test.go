package tracegen

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/require"
)

// callers returns who asks a server for something in TCP.
func callers(tr *Trace, server string) map[netip.Addr]int {
	seen := map[netip.Addr]int{}
	for _, flow := range tr.flows {
		if c, ok := flow.(TCP); ok && c.Server.Addr == netip.MustParseAddr(server) {
			seen[c.Client.Addr]++
		}
	}
	return seen
}

func TestHourHidesABeaconAmongUpdates(t *testing.T) {
	t.Parallel()
	for seed := range uint64(5) {
		tr := Hour(seed + 1)
		beacons, updates, rare := callers(tr, "198.51.100.66"), callers(tr, "203.0.113.90"), callers(tr, "198.51.100.88")
		require.Len(t, beacons, 1)
		require.Len(t, rare, 1)
		require.Len(t, updates, desks)
		for host, calls := range beacons {
			require.Greater(t, calls, 35)
			require.NotContains(t, rare, host)
		}
	}
}

func TestHourIsAnotherWithAnotherSeed(t *testing.T) {
	t.Parallel()
	require.Len(t, Hour(1).flows, len(Hour(1).flows))
	require.NotEqual(t, callers(Hour(1), "198.51.100.66"), callers(Hour(2), "198.51.100.66"))
	require.NotEqual(t, Hour(1).start, Hour(2).start)
}
