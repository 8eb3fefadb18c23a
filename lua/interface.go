package lua

import (
	glua "github.com/yuin/gopher-lua"

	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/check/direct"
	"github.com/flowloom/flowloom/engine/host"
)

// interfaceGetters are those that have another name in ntopng.
func interfaceGetters() map[string]direct.Getter {
	of := func(get func(i *host.InterfaceStats) direct.Value) direct.Getter {
		return func(c *check.Call, _ *direct.Scratch) direct.Value {
			if c == nil || c.Interface == nil {
				return direct.Null()
			}
			return get(c.Interface)
		}
	}
	return map[string]direct.Getter{
		"getId":   of(func(i *host.InterfaceStats) direct.Value { return direct.Number(float64(i.ID)) }),
		"getName": of(func(i *host.InterfaceStats) direct.Value { return direct.NonEmpty(i.Name) }),
		"score":   of(func(i *host.InterfaceStats) direct.Value { return direct.Number(float64(i.Score)) }),
	}
}

// networkGetters are those that have another name in ntopng.
func networkGetters() map[string]direct.Getter {
	return map[string]direct.Getter{
		"score": func(c *check.Call, _ *direct.Scratch) direct.Value {
			if c == nil || c.Network == nil {
				return direct.Null()
			}
			return direct.Number(float64(c.Network.Score))
		},
	}
}

// interfaceFunctions are those that do something, or return tables.
func interfaceFunctions() map[string]function {
	return map[string]function{
		"triggerAlert": triggerAlert, "getStats": interfaceStats, "getCachedAlertValue": cached, "setCachedAlertValue": cache,
	}
}

// interfaceStats returns the part of ntopng's interface.getStats that is about packets and
// flows.
func interfaceStats(in *instance, vm *glua.LState) int {
	if in.call == nil || in.call.Interface == nil {
		vm.Push(glua.LNil)
		return 1
	}
	s := in.call.Interface
	t := vm.NewTable()
	t.RawSetString("id", glua.LNumber(s.ID))
	t.RawSetString("name", glua.LString(s.Name))
	t.RawSetString("score", glua.LNumber(s.Score))
	t.RawSetString("num_alerts_engaged", glua.LNumber(in.call.Engaged()))
	t.RawSetString("alerted_flows", glua.LNumber(s.AlertedFlows))
	t.RawSetString("stats", counts(vm, map[string]uint64{"packets": s.Packets, "bytes": s.Bytes, "drops": s.Dropped, "flows": s.Flows}))
	vm.Push(t)
	return 1
}

// Bounds of what a check remembers by setCachedAlertValue: how many values, and the bytes
// of each with its name.
const (
	maxCachedValues = 10_000
	maxCachedValue  = 4 << 10
)

// memory holds the values that a check remembers of networks and interfaces.
type memory map[remembered]string

type remembered struct{ subject, key, period string }

// memorized returns the name of a value that a check remembers of its subject.
func memorized(in *instance, vm *glua.LState, period int) remembered {
	m := remembered{key: vm.CheckString(1), period: vm.OptString(period, "")}
	switch {
	case in.call == nil:
	case in.call.Network != nil:
		m.subject = in.call.Network.Prefix.String()
	case in.call.Interface != nil:
		m.subject = in.call.Interface.Name
	}
	return m
}

// cached is getCachedAlertValue(key, periodicity): what setCachedAlertValue kept, as text.
func cached(in *instance, vm *glua.LState) int {
	text, ok := in.memory[memorized(in, vm, 2)]
	if !ok {
		vm.Push(glua.LNil)
		return 1
	}
	vm.Push(glua.LString(text))
	return 1
}

// cache is setCachedAlertValue(key, value, periodicity). When the memory is full, all of it
// is forgotten.
func cache(in *instance, vm *glua.LState) int {
	key, value := memorized(in, vm, 3), vm.ToStringMeta(vm.CheckAny(2)).String()
	if size := len(key.key) + len(key.period) + len(value); size > maxCachedValue {
		vm.RaiseError("cannot remember %s: %d bytes are above the %d of a value", key.key, size, maxCachedValue)
	}
	if in.memory == nil || len(in.memory) >= maxCachedValues {
		in.memory = make(memory)
	}
	in.memory[key] = value
	return 0
}
