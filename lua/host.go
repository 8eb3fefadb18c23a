package lua

import (
	glua "github.com/yuin/gopher-lua"

	"github.com/flowloom/flowloom/engine/field"
	"github.com/flowloom/flowloom/engine/host"
)

// hostFunctions are the functions of ntopng's host API. Without a host they return nil,
// predicates what ntopng's return then.
func hostFunctions() map[string]function {
	of := func(get func(h *host.Host) glua.LValue) function {
		return func(in *instance, vm *glua.LState) int {
			if in.call == nil || in.call.Host == nil {
				vm.Push(glua.LNil)
			} else {
				vm.Push(get(in.call.Host))
			}
			return 1
		}
	}
	number := func(get func(h *host.Host) uint64) function {
		return func(in *instance, vm *glua.LState) int {
			if in.call == nil || in.call.Host == nil {
				vm.Push(glua.LNil)
			} else {
				vm.Push(in.numbers.box(float64(get(in.call.Host))))
			}
			return 1
		}
	}
	is := func(none bool, get func(h *host.Host) bool) function {
		return func(in *instance, vm *glua.LState) int {
			if in.call == nil || in.call.Host == nil {
				vm.Push(glua.LBool(none))
			} else {
				vm.Push(glua.LBool(get(in.call.Host)))
			}
			return 1
		}
	}
	return map[string]function{
		"name":           of(func(h *host.Host) glua.LValue { return glua.LString(h.Name) }),
		"mac":            of(func(h *host.Host) glua.LValue { return glua.LString(macOf(h)) }),
		"bytes":          number(func(h *host.Host) uint64 { return h.Bytes() }),
		"bytes_sent":     number(func(h *host.Host) uint64 { return h.BytesSent }),
		"bytes_rcvd":     number(func(h *host.Host) uint64 { return h.BytesRcvd }),
		"score":          number(func(h *host.Host) uint64 { return h.Score() }),
		"is_local":       is(false, func(h *host.Host) bool { return h.Local }),
		"is_unicast":     is(true, func(h *host.Host) bool { return !h.Addr.Netip().IsMulticast() && !h.IsBroadcast() }),
		"is_multicast":   is(false, func(h *host.Host) bool { return h.Addr.Netip().IsMulticast() }),
		"is_broadcast":   is(false, func(h *host.Host) bool { return h.IsBroadcast() }),
		"blacklist":      of(func(h *host.Host) glua.LValue { return glua.LString(h.Blacklist()) }),
		"is_blacklisted": is(false, func(h *host.Host) bool { return h.Blacklist() != "" }),
		"is_rx_only": is(false, func(h *host.Host) bool {
			return h.PacketsSent == 0 && !h.IsBroadcast() && !h.Addr.Netip().IsMulticast()
		}),
		"l7":              hostL7,
		"triggerAlert":    triggerAlert,
		"skipVisitedHost": skip,
		"isFirstCheckRun": func(in *instance, vm *glua.LState) int {
			vm.Push(glua.LBool(in.call != nil && in.call.First))
			return 1
		},
		"resetHostContacts": of(func(h *host.Host) glua.LValue { h.ResetUnanswered(); return glua.LNil }),
		"getUnidirectionalTCPUDPFlowsStats": func(in *instance, vm *glua.LState) int {
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
		},
		"getNumContactedPeersAsClientTCPUDPNoTX":    number(func(h *host.Host) uint64 { n, _ := h.UnansweredPeers(); return n }),
		"getNumContactsFromPeersAsServerTCPUDPNoTX": number(func(h *host.Host) uint64 { _, n := h.UnansweredPeers(); return n }),
		"getNumContactedTCPUDPServerPortsNoTX":      number(func(h *host.Host) uint64 { return h.UnansweredPorts() }),
	}
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

// interfaceFunctions are those that are no field of an interface.
func interfaceFunctions() map[string]function {
	return map[string]function{
		"getId":        func(in *instance, vm *glua.LState) int { return in.interfaceID(vm) },
		"getName":      func(in *instance, vm *glua.LState) int { return in.interfaceName(vm) },
		"triggerAlert": triggerAlert,
	}
}

func (in *instance) interfaceID(vm *glua.LState) int {
	if in.call == nil || in.call.Interface == nil {
		vm.Push(glua.LNil)
	} else {
		vm.Push(glua.LNumber(in.call.Interface.ID))
	}
	return 1
}

func (in *instance) interfaceName(vm *glua.LState) int {
	if in.call == nil || in.call.Interface == nil {
		vm.Push(glua.LNil)
		return 1
	}
	return pushText(vm, in.call.Interface.Name)
}
