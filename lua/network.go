package lua

import (
	"time"

	glua "github.com/yuin/gopher-lua"

	"github.com/flowloom/flowloom/engine/host"
)

// inNetwork reports whether an address is in a network or is that address:
// in_network("10.1.2.3", "10.0.0.0/8"). A list of networks may be given.
func (in *instance) inNetwork(vm *glua.LState) int {
	var list []string
	switch nets := vm.CheckAny(2).(type) {
	case glua.LString:
		list = []string{string(nets)}
	case *glua.LTable:
		if nets.Len() > heavy/16 {
			in.checkTime(vm)
		}
		for i := 1; i <= nets.Len(); i++ {
			list = append(list, nets.RawGetInt(i).String())
		}
	default:
		vm.ArgError(2, "network or list of networks expected")
	}
	found, err := in.networks.Contain(vm.CheckString(1), list...)
	if err != nil {
		vm.RaiseError("%s", err.Error())
	}
	vm.Push(glua.LBool(found))
	return 1
}

// networkFunctions are those that do something, or return tables.
func networkFunctions() map[string]function {
	return map[string]function{
		"triggerAlert": triggerAlert, "getNetworkStats": networkStats, "select": selectNetwork,
		"getCachedAlertValue": cached, "setCachedAlertValue": cache,
	}
}

// networkStats returns what ntopng's network.getNetworkStats returns of the network at hand.
func networkStats(in *instance, vm *glua.LState) int {
	if in.call == nil || in.call.Network == nil {
		vm.Push(glua.LNil)
		return 1
	}
	n := in.call.Network
	t := vm.NewTable()
	t.RawSetString("network_key", glua.LString(n.Prefix.String()))
	rtt, _ := n.RTT()
	for name, value := range map[string]float64{
		"network_id": float64(n.ID), "num_hosts": float64(n.Hosts), "engaged_alerts": float64(in.call.Engaged()), "score": float64(n.Score),
		"round_trip_time": float64(rtt) / float64(time.Millisecond), "ingress": float64(n.Ingress.Bytes), "egress": float64(n.Egress.Bytes), "inner": float64(n.Inner.Bytes),
		"bytes.sent": float64(n.Egress.Bytes + n.Inner.Bytes), "bytes.rcvd": float64(n.Ingress.Bytes + n.Inner.Bytes),
		"packets.sent": float64(n.Egress.Packets + n.Inner.Packets), "packets.rcvd": float64(n.Ingress.Packets + n.Inner.Packets),
	} {
		t.RawSetString(name, glua.LNumber(value))
	}
	t.RawSetString("broadcast", counts(vm, map[string]uint64{"ingress": 0, "egress": n.BroadcastBytes, "inner": 0}))
	t.RawSetString("alerted_flows", counts(vm, map[string]uint64{"as_client": n.AlertedAsClient, "as_server": n.AlertedAsServer, "total": n.Alerted}))
	for name, way := range map[string]*host.Traffic{"ingress": &n.Ingress, "egress": &n.Egress, "inner": &n.Inner} {
		t.RawSetString("tcpPacketStats."+name, counts(vm, map[string]uint64{"retransmissions": way.Retransmissions, "out_of_order": way.OutOfOrder}))
	}
	hits(n, in.call.Now, t)
	vm.Push(t)
	return 1
}

// hits adds what came to the network since the run before: connections that were never
// accepted, in all and per second, and flows per second. What is 0 is left out.
func hits(n *host.NetworkStats, now int64, t *glua.LTable) {
	flows, refused, span := n.Recent(now)
	seconds := max(span.Seconds(), 1)
	for name, value := range map[string]float64{
		"hits.syn_scan_victim": float64(refused), "hits.syn_flood_victim": float64(refused) / seconds, "hits.flow_flood_victim": float64(flows) / seconds,
	} {
		if whole := float64(uint64(value)); whole > 0 {
			t.RawSetString(name, glua.LNumber(whole))
		}
	}
}

func counts(vm *glua.LState, values map[string]uint64) *glua.LTable {
	t := vm.NewTable()
	for name, n := range values {
		t.RawSetString(name, glua.LNumber(n))
	}
	return t
}

// selectNetwork accepts the network at hand, which is selected already.
func selectNetwork(in *instance, vm *glua.LState) int {
	if id := vm.CheckInt(1); in.call != nil && in.call.Network != nil && id != in.call.Network.ID {
		vm.RaiseError("cannot select network %d: the check runs on each network, now on %d", id, in.call.Network.ID)
	}
	return 0
}
