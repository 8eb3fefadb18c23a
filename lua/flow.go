package lua

import (
	"strings"

	glua "github.com/yuin/gopher-lua"

	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/check/direct"
	"github.com/flowloom/flowloom/engine/dpi"
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
		return of(func(f *flow.Record) direct.Value { return direct.Number(float64(get(f))) })
	}
	is := func(get func(f *flow.Record) bool) direct.Getter {
		return func(c *check.Call, _ *direct.Scratch) direct.Value {
			return direct.Bool(c != nil && c.Flow != nil && get(c.Flow))
		}
	}
	return map[string]direct.Getter{
		"cli":             of(func(f *flow.Record) direct.Value { a, _ := f.Client(); return direct.Text(addrText(a.Netip())) }),
		"srv":             of(func(f *flow.Record) direct.Value { a, _ := f.Server(); return direct.Text(addrText(a.Netip())) }),
		"protocol":        number(func(f *flow.Record) uint64 { return uint64(f.Proto()) }),
		"bytes":           number(func(f *flow.Record) uint64 { return f.Bytes() }),
		"l7_master_proto": number(func(f *flow.Record) uint64 { n, _ := f.DPI.Numbers(); return uint64(n) }),
		"l7_proto":        number(func(f *flow.Record) uint64 { _, n := f.DPI.Numbers(); return uint64(n) }),
		"l7_proto_name":   of(func(f *flow.Record) direct.Value { return direct.Text(protoName(f)) }),
		"is_oneway":       is(func(f *flow.Record) bool { c, s := f.SidePackets(); return (c == 0) != (s == 0) }),
		"is_unicast":      is(unicast),
		"direction":       direction,
		"risks":           risks,
	}
}

// flowFunctions are those that do something, or return tables.
func flowFunctions() map[string]function {
	return map[string]function{
		"http":            info(httpTable),
		"dns":             info(dnsTable),
		"ssh":             info(sshTable),
		"tls_quic":        info(tlsTable),
		"triggerAlert":    triggerAlert,
		"skipVisitedFlow": skip,
	}
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

// info makes a function that returns a table of what a protocol told, empty for flows
// of others.
func info(fill func(in *instance, f *flow.Record, i *dpi.Info, t *glua.LTable)) function {
	return func(in *instance, vm *glua.LState) int {
		if in.call == nil || in.call.Flow == nil {
			vm.Push(glua.LNil)
			return 1
		}
		t := vm.NewTable()
		if i := in.call.Flow.DPI.Info; i != nil {
			fill(in, in.call.Flow, i, t)
		}
		vm.Push(t)
		return 1
	}
}

// set puts a text into a table unless it is empty.
func set(t *glua.LTable, key, text string) {
	if text != "" {
		t.RawSetString(key, glua.LString(text))
	}
}

func httpTable(_ *instance, _ *flow.Record, i *dpi.Info, t *glua.LTable) {
	h := i.HTTP
	if h == nil {
		return
	}
	if h.Method != "" {
		t.RawSetString("protos.http.last_method", glua.LString(h.Method))
		t.RawSetString("protos.http.last_return_code", glua.LNumber(h.Status))
		t.RawSetString("protos.http.last_url", glua.LString(h.URL))
	}
	set(t, "protos.http.last_user_agent", i.UserAgent)
	set(t, "protos.http.last_server", h.Server)
	set(t, "protos.http.server_name", i.ServerName)
}

func dnsTable(_ *instance, f *flow.Record, i *dpi.Info, t *glua.LTable) {
	d := i.DNS
	if d == nil {
		return
	}
	t.RawSetString("protos.dns.last_query_type", glua.LNumber(d.QueryType))
	t.RawSetString("protos.dns.last_return_code", glua.LNumber(d.RCode))
	set(t, "protos.dns.last_query", d.Query)
	if f.DPI.Risks.Has(dpi.RiskInvalidChars) {
		t.RawSetString("protos.dns.invalid_chars_in_query", glua.LTrue)
	}
}

func sshTable(_ *instance, _ *flow.Record, i *dpi.Info, t *glua.LTable) {
	s := i.SSH
	if s == nil {
		return
	}
	set(t, "protos.ssh.client_signature", s.ClientBanner)
	set(t, "protos.ssh.server_signature", s.ServerBanner)
	set(t, "protos.ssh.hassh.client_hash", s.ClientHASSH)
	set(t, "protos.ssh.hassh.server_hash", s.ServerHASSH)
}

func tlsTable(_ *instance, _ *flow.Record, i *dpi.Info, t *glua.LTable) {
	s := i.TLS
	if s == nil {
		return
	}
	t.RawSetString("protos.tls_version", glua.LNumber(s.Version))
	set(t, "protos.tls.server_names", strings.Join(s.SANs, ","))
	set(t, "protos.tls.client_alpn", s.ALPN)
	set(t, "protos.tls.client_tls_supported_versions", s.ClientVersions)
	set(t, "protos.tls.issuerDN", s.Issuer)
	set(t, "protos.tls.subjectDN", s.Subject)
	set(t, "protos.tls.client_requested_server_name", i.ServerName)
	if s.NotAfter != 0 {
		t.RawSetString("protos.tls.notBefore", glua.LNumber(s.NotBefore))
		t.RawSetString("protos.tls.notAfter", glua.LNumber(s.NotAfter))
	}
	set(t, "protos.tls.ja4.client_hash", s.JA4)
}
