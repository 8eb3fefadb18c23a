package host

import (
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/field"
)

func nets(cidrs ...string) []netip.Prefix {
	list := make([]netip.Prefix, len(cidrs))
	for i, c := range cidrs {
		list[i] = netip.MustParsePrefix(c)
	}
	return list
}

// networkTable has an office within a site, and an IPv6 network that nobody uses.
func networkTable(t *testing.T, cfg Config) *Table {
	t.Helper()
	cfg.LocalNets = nets("10.0.0.0/8", "10.1.0.0/16", "2001:db8::/32", "10.0.0.0/8")
	cfg.NetNames = map[netip.Prefix]string{netip.MustParsePrefix("10.1.0.0/16"): "office"}
	return newTable(t, cfg)
}

func TestHostsCountInTheSmallestNetwork(t *testing.T) {
	t.Parallel()
	table := networkTable(t, Config{})
	table.Apply(delta("10.1.0.1", "198.51.100.9"))
	table.Apply(delta("10.1.0.1", "10.2.0.1"))
	table.Apply(delta("10.1.0.1", "10.1.0.2"))
	all := slices.Collect(table.Networks())
	require.Len(t, all, 2, "only those that have had hosts")
	site, office := all[0], all[1]
	require.Equal(t, "10.0.0.0/8", site.Name)
	require.Equal(t, "office", office.Name)
	require.Equal(t, [2]uint64{1, 2}, [2]uint64{site.Hosts, office.Hosts})
	require.Equal(t, Traffic{2000, 20, 6, 0}, office.Egress)
	require.Equal(t, Traffic{10000, 10, 0, 0}, office.Ingress)
	require.Equal(t, Traffic{6000, 15, 3, 0}, office.Inner)
	require.Equal(t, Traffic{1000, 10, 3, 0}, site.Ingress)
	require.Equal(t, [3]uint64{3, 1, 0}, [3]uint64{office.FlowsAsClient, office.FlowsAsServer, office.ActiveFlows})
	require.Equal(t, [2]uint64{45, 3}, [2]uint64{office.TCPPackets, office.Resets}, "a flow within the network counts once")
}

func TestNetworkCountsWhatEndedFlowsTell(t *testing.T) {
	t.Parallel()
	table := networkTable(t, Config{})
	d := delta("198.51.100.9", "10.1.0.1")
	d.Score, d.RTT, d.Refused = 30, int64(20*time.Millisecond), true
	table.Apply(d)
	d.RTT, d.Refused = int64(40*time.Millisecond), false
	table.Apply(d)
	d.RTT = 0 // not seen
	table.Apply(d)
	office := slices.Collect(table.Networks())[0]
	require.Equal(t, [2]uint64{90, 1}, [2]uint64{office.Score, office.Refused})
	rtt, ok := office.RTT()
	require.True(t, ok)
	require.Equal(t, 30*time.Millisecond, rtt)
	flows, refused, span := office.Recent(6e9)
	require.Equal(t, [2]uint64{3, 1}, [2]uint64{flows, refused})
	require.Equal(t, 5*time.Second, span, "since the first flow")
	office.Turn(6e9)
	flows, refused, span = office.Recent(7e9)
	require.Equal(t, [2]uint64{}, [2]uint64{flows, refused})
	require.Equal(t, time.Second, span)
	ifaces := []InterfaceStats{{ID: 0}, {ID: 7}}
	table.Score(ifaces)
	require.Equal(t, [2]uint64{3, 90}, [2]uint64{ifaces[0].Flows, ifaces[0].Score})
	require.Zero(t, ifaces[1].Flows)
}

func TestBroadcastsLeaveTheNetwork(t *testing.T) {
	t.Parallel()
	table := networkTable(t, Config{})
	table.Apply(delta("10.1.0.1", "224.0.0.251"))
	office := slices.Collect(table.Networks())[0]
	require.Equal(t, [2]uint64{1000, 1000}, [2]uint64{office.BroadcastBytes, office.Egress.Bytes})
}

// Hosts that give way leave their network; the one of the same flow is no exception.
func TestForgottenHostsLeaveTheirNetwork(t *testing.T) {
	t.Parallel()
	table := networkTable(t, Config{MaxHosts: 2})
	for n := range 10 {
		table.Apply(delta("10.1.0."+string(rune('0'+n)), "10.2.0."+string(rune('0'+n))))
	}
	all := slices.Collect(table.Networks())
	require.Equal(t, uint64(2), all[0].Hosts+all[1].Hosts)
	require.Equal(t, uint64(10), all[1].FlowsAsClient)
}

func TestNetworkFields(t *testing.T) {
	t.Parallel()
	table := networkTable(t, Config{})
	table.Apply(delta("10.1.0.1", "10.1.0.2"))
	n := slices.Collect(table.Networks())[0]
	for i, f := range field.Of(field.Network) {
		var v field.Value
		n.Value(i, &v)
		require.Equal(t, f.Optional, v.IsNull(), f.Name)
	}
}
