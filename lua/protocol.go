package lua

import (
	"strings"

	glua "github.com/yuin/gopher-lua"

	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/check/direct"
	"github.com/flowloom/flowloom/engine/dpi"
	"github.com/flowloom/flowloom/engine/flow"
)

// protocolEntry is an entry of a table that tells what a protocol's dissector found: null
// where it found nothing.
type protocolEntry struct {
	key string
	get func(f *flow.Record, i *dpi.Info) direct.Value
}

// protocolTables are the tables that functions of ntopng's flow API return, by the name of
// the function. They are empty for flows of other protocols.
func protocolTables() map[string][]protocolEntry {
	return map[string][]protocolEntry{"http": httpEntries(), "dns": dnsEntries(), "ssh": sshEntries(), "tls_quic": tlsEntries()}
}

func httpEntries() []protocolEntry {
	of := func(key string, get func(h *dpi.HTTPInfo, i *dpi.Info) direct.Value) protocolEntry {
		return protocolEntry{key, func(_ *flow.Record, i *dpi.Info) direct.Value {
			if i.HTTP == nil {
				return direct.Null()
			}
			return get(i.HTTP, i)
		}}
	}
	asked := func(key string, get func(h *dpi.HTTPInfo) direct.Value) protocolEntry {
		return of(key, func(h *dpi.HTTPInfo, _ *dpi.Info) direct.Value {
			if h.Method == "" {
				return direct.Null()
			}
			return get(h)
		})
	}
	return []protocolEntry{
		asked("protos.http.last_method", func(h *dpi.HTTPInfo) direct.Value { return direct.Text(h.Method) }),
		asked("protos.http.last_return_code", func(h *dpi.HTTPInfo) direct.Value { return direct.Number(float64(h.Status)) }),
		asked("protos.http.last_url", func(h *dpi.HTTPInfo) direct.Value { return direct.Text(h.URL) }),
		of("protos.http.last_user_agent", func(_ *dpi.HTTPInfo, i *dpi.Info) direct.Value { return direct.NonEmpty(i.UserAgent) }),
		of("protos.http.last_server", func(h *dpi.HTTPInfo, _ *dpi.Info) direct.Value { return direct.NonEmpty(h.Server) }),
		of("protos.http.server_name", func(_ *dpi.HTTPInfo, i *dpi.Info) direct.Value { return direct.NonEmpty(i.ServerName) }),
	}
}

func dnsEntries() []protocolEntry {
	of := func(key string, get func(d *dpi.DNSInfo, f *flow.Record) direct.Value) protocolEntry {
		return protocolEntry{key, func(f *flow.Record, i *dpi.Info) direct.Value {
			if i.DNS == nil {
				return direct.Null()
			}
			return get(i.DNS, f)
		}}
	}
	return []protocolEntry{
		of("protos.dns.last_query_type", func(d *dpi.DNSInfo, _ *flow.Record) direct.Value { return direct.Number(float64(d.QueryType)) }),
		of("protos.dns.last_return_code", func(d *dpi.DNSInfo, _ *flow.Record) direct.Value { return direct.Number(float64(d.RCode)) }),
		of("protos.dns.last_query", func(d *dpi.DNSInfo, _ *flow.Record) direct.Value { return direct.NonEmpty(d.Query) }),
		of("protos.dns.invalid_chars_in_query", func(_ *dpi.DNSInfo, f *flow.Record) direct.Value {
			if !f.DPI.Risks.Has(dpi.RiskInvalidChars) {
				return direct.Null()
			}
			return direct.Bool(true)
		}),
	}
}

func sshEntries() []protocolEntry {
	of := func(key string, get func(s *dpi.SSHInfo) string) protocolEntry {
		return protocolEntry{key, func(_ *flow.Record, i *dpi.Info) direct.Value {
			if i.SSH == nil {
				return direct.Null()
			}
			return direct.NonEmpty(get(i.SSH))
		}}
	}
	return []protocolEntry{
		of("protos.ssh.client_signature", func(s *dpi.SSHInfo) string { return s.ClientBanner }),
		of("protos.ssh.server_signature", func(s *dpi.SSHInfo) string { return s.ServerBanner }),
		of("protos.ssh.hassh.client_hash", func(s *dpi.SSHInfo) string { return s.ClientHASSH }),
		of("protos.ssh.hassh.server_hash", func(s *dpi.SSHInfo) string { return s.ServerHASSH }),
	}
}

func tlsEntries() []protocolEntry {
	of := func(key string, get func(s *dpi.TLSInfo, i *dpi.Info) direct.Value) protocolEntry {
		return protocolEntry{key, func(_ *flow.Record, i *dpi.Info) direct.Value {
			if i.TLS == nil {
				return direct.Null()
			}
			return get(i.TLS, i)
		}}
	}
	text := func(key string, get func(s *dpi.TLSInfo) string) protocolEntry {
		return of(key, func(s *dpi.TLSInfo, _ *dpi.Info) direct.Value { return direct.NonEmpty(get(s)) })
	}
	valid := func(key string, get func(s *dpi.TLSInfo) int64) protocolEntry {
		return of(key, func(s *dpi.TLSInfo, _ *dpi.Info) direct.Value {
			if s.NotAfter == 0 {
				return direct.Null()
			}
			return direct.Number(float64(get(s)))
		})
	}
	return []protocolEntry{
		of("protos.tls_version", func(s *dpi.TLSInfo, _ *dpi.Info) direct.Value { return direct.Number(float64(s.Version)) }),
		text("protos.tls.server_names", func(s *dpi.TLSInfo) string { return strings.Join(s.SANs, ",") }),
		text("protos.tls.client_alpn", func(s *dpi.TLSInfo) string { return s.ALPN }),
		text("protos.tls.client_tls_supported_versions", func(s *dpi.TLSInfo) string { return s.ClientVersions }),
		text("protos.tls.issuerDN", func(s *dpi.TLSInfo) string { return s.Issuer }),
		text("protos.tls.subjectDN", func(s *dpi.TLSInfo) string { return s.Subject }),
		of("protos.tls.client_requested_server_name", func(_ *dpi.TLSInfo, i *dpi.Info) direct.Value { return direct.NonEmpty(i.ServerName) }),
		valid("protos.tls.notBefore", func(s *dpi.TLSInfo) int64 { return s.NotBefore }),
		valid("protos.tls.notAfter", func(s *dpi.TLSInfo) int64 { return s.NotAfter }),
		text("protos.tls.ja4.client_hash", func(s *dpi.TLSInfo) string { return s.JA4 }),
		of("protos.tls.ja4.client_malicious", func(s *dpi.TLSInfo, _ *dpi.Info) direct.Value {
			if !s.JA4Listed {
				return direct.Null()
			}
			return direct.Bool(true)
		}),
	}
}

// protocolGetter returns the table as a value whose entries are asked for one by one.
func protocolGetter(entries []protocolEntry) direct.Getter {
	table := direct.Constants(&direct.Table{Ask: func(c *check.Call, key string) direct.Value {
		i := c.Flow.DPI.Info
		if i == nil {
			return direct.Null()
		}
		for n := range entries {
			if entries[n].key == key {
				return entries[n].get(c.Flow, i)
			}
		}
		return direct.Null()
	}})
	return func(c *check.Call, _ *direct.Scratch) direct.Value {
		if c == nil || c.Flow == nil {
			return direct.Null()
		}
		return table
	}
}

// protocolFunction makes the function that returns the table to the interpreter.
func protocolFunction(entries []protocolEntry) function {
	return func(in *instance, vm *glua.LState) int {
		if in.call == nil || in.call.Flow == nil {
			vm.Push(glua.LNil)
			return 1
		}
		t := vm.NewTable()
		if i := in.call.Flow.DPI.Info; i != nil {
			for n := range entries {
				if v := entries[n].get(in.call.Flow, i); !v.IsNull() {
					t.RawSetString(entries[n].key, in.lua(v))
				}
			}
		}
		vm.Push(t)
		return 1
	}
}
