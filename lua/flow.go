package lua

import (
	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/check/direct"
	"github.com/flowloom/flowloom/engine/flow"
)

// flowGetters are those of ntopng's flow API that only ask. Without a flow they return
// nil, predicates false.
func flowGetters() map[string]direct.Getter {
	of := func(get func(f *flow.Record) direct.Value) direct.Getter {
		return func(c *check.Call, _ *direct.Scratch) direct.Value {
			if c == nil || c.Flow == nil {
				return direct.Null()
			}
			return get(c.Flow)
		}
	}
	number := func(get func(f *flow.Record) uint64) direct.Getter {
		return func(c *check.Call, _ *direct.Scratch) direct.Value {
			if c == nil || c.Flow == nil {
				return direct.Null()
			}
			return direct.Number(float64(get(c.Flow)))
		}
	}
	is := func(get func(f *flow.Record) bool) direct.Getter {
		return func(c *check.Call, _ *direct.Scratch) direct.Value {
			return direct.Bool(c != nil && c.Flow != nil && get(c.Flow))
		}
	}
	all := map[string]direct.Getter{
		"cli":                   of(func(f *flow.Record) direct.Value { a, _ := f.Client(); return direct.Text(addrText(a.Netip())) }),
		"srv":                   of(func(f *flow.Record) direct.Value { a, _ := f.Server(); return direct.Text(addrText(a.Netip())) }),
		"protocol":              number(func(f *flow.Record) uint64 { return uint64(f.Proto()) }),
		"began":                 of(func(f *flow.Record) direct.Value { return direct.Number(float64(f.Began()) / 1e9) }),
		"cli2srv_earlier_bytes": number(func(f *flow.Record) uint64 { c, _ := f.EarlierBytes(); return c }),
		"srv2cli_earlier_bytes": number(func(f *flow.Record) uint64 { _, s := f.EarlierBytes(); return s }),
		"bytes":                 number(func(f *flow.Record) uint64 { return f.Bytes() }),
		"l7_master_proto":       number(func(f *flow.Record) uint64 { n, _ := f.DPI.Numbers(); return uint64(n) }),
		"l7_proto":              number(func(f *flow.Record) uint64 { _, n := f.DPI.Numbers(); return uint64(n) }),
		"l7_proto_name":         of(func(f *flow.Record) direct.Value { return direct.Text(protoName(f)) }),
		"is_oneway":             is(func(f *flow.Record) bool { c, s := f.SidePackets(); return (c == 0) != (s == 0) }),
		"is_unicast":            is(unicast),
		"direction":             direction,
		"risks":                 risks,
	}
	for name, entries := range protocolTables() {
		all[name] = protocolGetter(entries)
	}
	return all
}

// flowFunctions are those that do something, or return tables.
func flowFunctions() map[string]function {
	all := map[string]function{"triggerAlert": triggerAlert, "skipVisitedFlow": skip}
	for name, entries := range protocolTables() {
		all[name] = protocolFunction(entries)
	}
	return all
}

func protoName(f *flow.Record) string {
	if name := f.DPI.Name(); name != "" {
		return name
	}
	return "Unknown"
}

func unicast(f *flow.Record) bool {
	cli, _ := f.Client()
	srv, _ := f.Server()
	for _, a := range [...]flowAddr{cli.Netip(), srv.Netip()} {
		if a.IsMulticast() || a.String() == "255.255.255.255" {
			return false
		}
	}
	return true
}

type flowAddr interface {
	IsMulticast() bool
	String() string
}

// direction returns who of the two is local, in ntopng's spelling.
func direction(c *check.Call, _ *direct.Scratch) direct.Value {
	if c == nil || c.Flow == nil {
		return direct.Null()
	}
	cli, srv := c.Local()
	switch {
	case cli && srv:
		return direct.Text("local@local")
	case cli:
		return direct.Text("local@remote")
	case srv:
		return direct.Text("remote@local")
	default:
		return direct.Text("remote2remote")
	}
}

// risks returns the names of the flow's risks: the same list for all flows with the same
// ones.
func risks(c *check.Call, scratch *direct.Scratch) direct.Value {
	if c == nil || c.Flow == nil || c.Flow.DPI.Risks == 0 {
		return direct.Null()
	}
	return scratch.List(uint64(c.Flow.DPI.Risks), c.Flow.DPI.Risks.Names)
}
