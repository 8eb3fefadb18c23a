package lua

import (
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/alert"
	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/host"
)

func network() *host.NetworkStats {
	return &host.NetworkStats{
		ID: 3, Prefix: netip.MustParsePrefix("10.1.0.0/16"), Name: "office", FirstSeen: now - 20e9, LastSeen: now, Hosts: 4,
		Ingress: host.Traffic{Bytes: 100, Packets: 10, Retransmissions: 2, OutOfOrder: 1}, Egress: host.Traffic{Bytes: 50, Packets: 5}, Inner: host.Traffic{Bytes: 7, Packets: 1},
		FlowsAsServer: 60, Refused: 40, Alerted: 2, AlertedAsClient: 2, Score: 90,
	}
}

// onNetwork runs a script on a network for some minutes, and returns its alerts, or its
// error.
func onNetwork(t *testing.T, hook, body string, minutes int64) []*alert.Alert {
	t.Helper()
	s, err := Compile("test.lua", "-- @hook "+hook+"\n"+body)
	require.NoError(t, err)
	s.SetBudget(time.Second)
	r, err := check.NewRunner([]check.Check{s}, nil, nil)
	require.NoError(t, err)
	defer r.Close()
	n := network()
	for minute := range minutes {
		r.Networks(slices.Values([]*host.NetworkStats{n}), now+minute*60e9)
		r.Interfaces([]host.InterfaceStats{{ID: 1, Name: "eth0", Packets: 9, Bytes: 900, Dropped: 1, Flows: 4, Score: 50}}, now+minute*60e9)
	}
	require.Empty(t, r.Costs()[0].LastError, body)
	return r.Alerts().All()
}

func TestNetworkAPI(t *testing.T) {
	t.Parallel()
	for expr, want := range map[string]string{
		"network.cidr()": "10.1.0.0/16", "network.name()": "office", "network.hosts()": "4", "network.ingress_bytes()": "100", "network.score()": "90",
		"network.rtt()": "nil", "s.network_key": "10.1.0.0/16", "s.network_id": "3", "s.num_hosts": "4", "s.engaged_alerts": "0", "s.ingress": "100",
		"s.egress": "50", "s.inner": "7", "s.broadcast.egress": "0", "s.alerted_flows.total": "2", "s.alerted_flows.as_server": "0",
		"s['tcpPacketStats.ingress'].retransmissions": "2", "s['tcpPacketStats.inner'].out_of_order": "0", "s['hits.syn_scan_victim']": "40",
		"s['hits.syn_flood_victim']": "2", "s['hits.flow_flood_victim']": "3", "network.select(3)": "nil", "host.ip()": "nil", "interface.getStats()": "nil",
	} {
		all := onNetwork(t, "network", "local s = network.getNetworkStats() network.triggerAlert(50, tostring(("+expr+")))", 1)
		require.Len(t, all, 1, expr)
		assert.Equal(t, want, all[0].Message, expr)
		assert.Equal(t, [2]any{alert.Network, "10.1.0.0/16"}, [2]any{all[0].Entity, all[0].Subject})
	}
}

func TestInterfaceAPI(t *testing.T) {
	t.Parallel()
	for expr, want := range map[string]string{
		"interface.getName()": "eth0", "interface.getId()": "1", "interface.score()": "50", "interface.getStats().stats.packets": "9",
		"interface.getStats().stats.drops": "1", "interface.getStats().num_alerts_engaged": "0", "network.getNetworkStats()": "nil",
	} {
		all := onNetwork(t, "interface", "interface.triggerAlert(50, tostring("+expr+"))", 1)
		require.Len(t, all, 1, expr)
		assert.Equal(t, want, all[0].Message, expr)
	}
}

// Alerts about networks are engaged and released like those about hosts, and what came
// since the run before begins anew with each.
func TestNetworkAlertsLast(t *testing.T) {
	t.Parallel()
	all := onNetwork(t, "network", `local s = network.getNetworkStats()
runs = (runs or 0) + 1
if runs == 2 then assert(s["hits.syn_scan_victim"] == nil) assert(s.engaged_alerts == 1) end
if runs < 3 then network.triggerAlert(120, "run " .. runs) end`, 3)
	require.Len(t, all, 1)
	assert.Equal(t, alert.Past, all[0].Status)
	assert.Equal(t, uint64(2), all[0].Count)
}

// What a check remembers by ntopng's functions is of one network or interface, and bounded.
func TestCachedAlertValues(t *testing.T) {
	t.Parallel()
	for _, hook := range []string{"network", "interface"} {
		all := onNetwork(t, hook, `local before = `+hook+`.getCachedAlertValue("bytes", "min")
`+hook+`.setCachedAlertValue("bytes", (tonumber(before) or 0) + 1, "min")
assert(`+hook+`.getCachedAlertValue("bytes", "hour") == nil)
assert(not pcall(`+hook+`.setCachedAlertValue, "much", ("x"):rep(5000)))
`+hook+`.triggerAlert(50, tostring(before))`, 3)
		require.Len(t, all, 1)
		assert.Equal(t, "2", all[0].Message)
	}
	in := &instance{memory: make(memory)}
	for i := range maxCachedValues {
		in.memory[remembered{key: string(rune(i))}] = ""
	}
	s, err := Compile("full.lua", "-- @hook network\nnetwork.setCachedAlertValue('x', 1)")
	require.NoError(t, err)
	full, err := newInstance(s, check.Settings{})
	require.NoError(t, err)
	defer full.Close()
	full.memory = in.memory
	require.NoError(t, full.Run(&check.Call{Hook: check.NetworkMinute, Network: network()}))
	assert.Len(t, full.memory, 1, "all was forgotten but the new one")
}
