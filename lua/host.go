package lua

import (
	glua "github.com/yuin/gopher-lua"

	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/check/direct"
	"github.com/flowloom/flowloom/engine/field"
	"github.com/flowloom/flowloom/engine/host"
)

// hostGetters are those of ntopng's host API that only ask. Without a host they return
// nil, predicates what ntopng's return then.
func hostGetters() map[string]direct.Getter {
	of := func(get func(h *host.Host) direct.Value) direct.Getter {
		return func(c *check.Call, _ *direct.Scratch) direct.Value {
			if c == nil || c.Host == nil {
				return direct.Null()
			}
			return get(c.Host)
		}
	}
	number := func(get func(h *host.Host) uint64) direct.Getter {
		return func(c *check.Call, _ *direct.Scratch) direct.Value {
			if c == nil || c.Host == nil {
				return direct.Null()
			}
			return direct.Number(float64(get(c.Host)))
		}
	}
	is := func(none bool, get func(h *host.Host) bool) direct.Getter {
		return func(c *check.Call, _ *direct.Scratch) direct.Value {
			if c == nil || c.Host == nil {
				return direct.Bool(none)
			}
			return direct.Bool(get(c.Host))
		}
	}
	return map[string]direct.Getter{
		"name":           of(func(h *host.Host) direct.Value { return direct.Text(h.Name) }),
		"mac":            of(func(h *host.Host) direct.Value { return direct.Text(macOf(h)) }),
		"bytes":          number(func(h *host.Host) uint64 { return h.Bytes() }),
		"bytes_sent":     number(func(h *host.Host) uint64 { return h.BytesSent }),
		"bytes_rcvd":     number(func(h *host.Host) uint64 { return h.BytesRcvd }),
		"score":          number(func(h *host.Host) uint64 { return h.Score() }),
		"is_local":       is(false, func(h *host.Host) bool { return h.Local }),
		"is_unicast":     is(true, func(h *host.Host) bool { return !h.Addr.Netip().IsMulticast() && !h.IsBroadcast() }),
		"is_multicast":   is(false, func(h *host.Host) bool { return h.Addr.Netip().IsMulticast() }),
		"is_broadcast":   is(false, func(h *host.Host) bool { return h.IsBroadcast() }),
		"blacklist":      of(func(h *host.Host) direct.Value { return direct.Text(h.Blacklist()) }),
		"is_blacklisted": is(false, func(h *host.Host) bool { return h.Blacklist() != "" }),
		"is_rx_only": is(false, func(h *host.Host) bool {
			return h.PacketsSent == 0 && !h.IsBroadcast() && !h.Addr.Netip().IsMulticast()
		}),
		"isFirstCheckRun":                           func(c *check.Call, _ *direct.Scratch) direct.Value { return direct.Bool(c != nil && c.First) },
		"getNumContactedPeersAsClientTCPUDPNoTX":    number(func(h *host.Host) uint64 { n, _ := h.UnansweredPeers(); return n }),
		"getNumContactsFromPeersAsServerTCPUDPNoTX": number(func(h *host.Host) uint64 { _, n := h.UnansweredPeers(); return n }),
		"getNumContactedTCPUDPServerPortsNoTX":      number(func(h *host.Host) uint64 { return h.UnansweredPorts() }),
	}
}

// hostFunctions are those that do something, or return tables.
func hostFunctions() map[string]function {
	return map[string]function{
		"l7":                                hostL7,
		"triggerAlert":                      triggerAlert,
		"skipVisitedHost":                   skip,
		"resetHostContacts":                 resetContacts,
		"getUnidirectionalTCPUDPFlowsStats": unanswered,
	}
}

func resetContacts(in *instance, vm *glua.LState) int {
	if in.call != nil && in.call.Host != nil {
		in.call.Host.ResetUnanswered()
	}
	vm.Push(glua.LNil)
	return 1
}

// unanswered returns how many flows nobody answered.
func unanswered(in *instance, vm *glua.LState) int {
	if in.call == nil || in.call.Host == nil {
		vm.Push(glua.LNil)
		return 1
	}
	out, rcvd := in.call.Host.Unanswered()
	t := vm.NewTable()
	t.RawSetString("num_egress", glua.LNumber(out))
	t.RawSetString("num_ingress", glua.LNumber(rcvd))
	vm.Push(t)
	return 1
}

func macOf(h *host.Host) string {
	if h.MAC == ([6]byte{}) {
		return ""
	}
	var v field.Value
	v.SetMAC(h.MAC)
	return upper(v.AppendMAC(nil))
}

// hostL7 returns { ndpi = { NAME = { "bytes.sent" = ... } } }: what the host did with
// each application protocol.
func hostL7(in *instance, vm *glua.LState) int {
	if in.call == nil || in.call.Host == nil {
		vm.Push(glua.LNil)
		return 1
	}
	ndpi := vm.NewTable()
	for a := range in.call.Host.Apps() {
		t := vm.NewTable()
		for name, n := range map[string]uint64{
			"bytes.sent": a.BytesSent, "bytes.rcvd": a.BytesRcvd, "packets.sent": a.PacketsSent, "packets.rcvd": a.PacketsRcvd,
			"num_flows": a.Flows, "duration": uint64(a.Duration().Seconds()),
		} {
			t.RawSetString(name, glua.LNumber(n))
		}
		t.RawSetString("breed", glua.LString(a.Breed))
		ndpi.RawSetString(a.Name, t)
	}
	t := vm.NewTable()
	t.RawSetString("ndpi", ndpi)
	vm.Push(t)
	return 1
}
