package lua

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/dpi"
	"github.com/flowloom/flowloom/engine/flow"
	"github.com/flowloom/flowloom/engine/host"
	"github.com/flowloom/flowloom/internal/scriptgen"
)

// syntax is a part of Lua: @b are booleans, @i numbers, @x texts, @l lists, @e any of them.
var syntax = &scriptgen.Syntax{ //nolint:gochecknoglobals // constant
	Statements: []string{
		"local @n = @i", "local @n = @x", "local @n, other = @e, @e", "if @b then\n@send", "if @b then\n@selse\n@send", "if @e then\n@send",
		"for _, @n in ipairs(@l) do\n@send", "host.triggerAlert(@i, @x)", "host.triggerAlert(50, @x)", "host.triggerAlert(60, 'y' .. @i)",
		"host.triggerAlert(60, @e)", "local @n = 1 @v = @i", "do\n@send", "count = (count or 0) + 1", "if @b then return end",
		"for _, @n in ipairs(@l) do\nif @b then\nif @b then break end\n@send\n@send",
	},
	Rules: map[byte]scriptgen.Rule{
		'b': {
			Leaves: []string{"host.is_local()", "host.isFirstCheckRun()", "true", "false", "@v"},
			Inner:  []string{"(@i == @i)", "(@i ~= @i)", "(@x == @x)", "(@i < @i)", "(@i <= @i)", "(@i >= @i)", "(@i > @i)", "(@b and @b)", "(@b or @b)", "(not @b)", "(@e == @e)", "(not @e)"},
		},
		'i': {
			Leaves: []string{"1", "0", "0x32", "50", "100", "2.5", "1e21", "host.bytes_sent()", "host.bytes()", "host.first_seen()", "config.number", "os.time()", "@v"},
			Inner:  []string{"(@i + @i)", "(@i - @i)", "(@i * @i)", "(@i / @i)", "(-@i)", "#@x", "#@l", "(@i % 7)", "(@b and @i or @i)"},
		},
		'x': {
			Leaves: []string{"'A'", "'10'", "'Laptop'", "host.ip()", "host.name()", "config.text", "@v"},
			Inner:  []string{"(@x .. @x)", "(@x .. @i)", "(@x):lower()", "({ A = 'a', Laptop = 'B' })[@x]", "(@x or @x)", "(@b and @x or @x)"},
		},
		'l': {Leaves: []string{"config.list", "{ 'A', 'Laptop' }", "{}", "host.protocols()", "(host.protocols() or {})"}},
		'e': {Leaves: []string{"nil", "flow.bytes()", "count", "function() end", "host.nothing", "@v"}, Inner: []string{"@b", "@i", "@x", "@l", "(@e and @e)", "(@e or @e)"}},
	},
}

// outcome tells all that can be seen of a script's runs.
func outcome(t testing.TB, script *Script) string {
	t.Helper()
	r, err := check.NewRunner([]check.Check{script}, nil, nil)
	require.NoError(t, err)
	defer r.Close()
	hosts := []*host.Host{
		{Addr: addr("192.0.2.1"), Name: "Laptop", Local: true, BytesSent: 100, BytesRcvd: 50, FirstSeen: now},
		{Addr: addr("2001:db8::1"), BytesSent: 1 << 60},
		{Addr: addr("192.0.2.3"), Name: "10", FirstSeen: 1},
	}
	for minute := range int64(2) {
		r.Hosts(slices.Values(hosts), now+minute*60e9)
	}
	text := ""
	for _, a := range r.Alerts().All() {
		text += fmt.Sprintln(a.Subject, a.Score, a.Count, a.Message)
	}
	c := r.Costs()[0]
	return text + fmt.Sprintln(c.Calls, c.Errors, c.LastError)
}

// compare runs a script with and without its simple part.
func compare(t testing.TB, source string) {
	t.Helper()
	script, err := Compile("x.lua", "-- @hook host\n-- @param number 3 x\n-- @param text abc x\n-- @param list [A, B] x\n"+source)
	require.NoError(t, err, source)
	script.SetBudget(time.Minute) // on a busy machine the time may differ
	direct := outcome(t, script)
	script.simple = nil
	assert.Equal(t, outcome(t, script), direct, source)
}

// What runs directly comes to the same as in the interpreter.
func TestSimpleIsTheSame(t *testing.T) {
	t.Parallel()
	g := scriptgen.New(syntax, 1)
	for range 3000 {
		compare(t, g.Script())
	}
}

func FuzzSimple(f *testing.F) {
	random := rand.NewChaCha8([32]byte{})
	for range 50 {
		choices := make([]byte, 100)
		_, _ = random.Read(choices) // it never fails
		f.Add(choices)
	}
	f.Fuzz(func(t *testing.T, choices []byte) { compare(t, scriptgen.Of(syntax, choices).Script()) })
}

// The interpreter keeps -0 among constants, and makes it 0 where it calculates.
func TestNegativeZero(t *testing.T) {
	t.Parallel()
	for _, source := range []string{
		"local v1 = -host.bytes_sent() / 50 host.triggerAlert(60, 'y' .. (v1 + 1e21) / (v1 * 50))",
		"host.triggerAlert(60, 'y' .. 1 / (0 * -1))",
		"host.triggerAlert(60, 'y' .. 0 .. 1 / (0 * -1))",
		"local zero = 0 host.triggerAlert(60, 'y' .. 1 / -zero)",
		"host.triggerAlert(60, 'y' .. 1 / -0)",
		"host.triggerAlert(60, 'y' .. 1 / -(1 - 1))",
		"host.triggerAlert(60, 'y' .. 1 / (0 / -1 + host.bytes_sent()))",
	} {
		compare(t, source)
	}
}

// Scripts that change what others take for granted run in the interpreter.
func TestTampering(t *testing.T) {
	t.Parallel()
	for _, source := range []string{
		"config.number = (config.number or 0) + 1 if config.number > 4 then host.triggerAlert(50, 'x') end",
		"local c = config if config.number > 3 then host.triggerAlert(50, 'x') end c.number = 9",
		"local l = config.list if #config.list > 2 then host.triggerAlert(50, 'x') end table.insert(l, 'C')",
		"if host.bytes_sent() == 7 then host.triggerAlert(50, 'x') end host.bytes_sent = function() return 7 end",
		"if host.bytes_sent() == 7 then host.triggerAlert(50, 'x') end local h = host h.bytes_sent = function() return 7 end",
		"for _, x in ipairs(config.list) do host.triggerAlert(50, x) end ipairs = function() return function() end end",
		"if ('A'):lower() == 'x' then host.triggerAlert(50, 'x') end string.lower = function() return 'x' end",
		"if host.is_local() then host.triggerAlert(50, 'x') end _G.host.is_local = function() return true end",
		"local host = { is_local = function() return false end } if host.is_local() then hosts = 1 end",
		"if seen then host.triggerAlert(50, 'x') end seen = true",
		"host.triggerAlert(50, 'before') count = (count or 0) + 1 if count > 1 then host.triggerAlert(60, 'n' .. count) end",
		"host.triggerAlert(50, 'before') error('no')",
	} {
		compare(t, source)
	}
}

// Simple scripts need the interpreter not at all.
func TestSimpleIsSimple(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]bool{
		talk: true,
		"if host.is_local() then host.triggerAlert(50, host.ip() .. ' sent ' .. host.bytes_sent()) end":           true,
		"for _, n in ipairs(config.list) do if n == host.name() then host.triggerAlert(config.points, n) end end": true,
		"local bad = { laptop = true } if bad[host.name()] then host.triggerAlert(50, 'x') end":                   true,
		"local x = 1 if host.bytes_sent() < x and not host.is_local() then return end x = x + 1":                  true,
		"count = 1":                 false,
		"print(host.ip())":          false,
		"local t = host.l7()":       false,
		"if host.ip() then f() end": false,
	} {
		s, err := Compile("x.lua", "-- @hook host\n-- @param points 50 x\n-- @param list [a] x\n"+source)
		require.NoError(t, err)
		settings, err := check.Settings{}.Merge(&s.info)
		require.NoError(t, err)
		simple := false
		if s.simple != nil {
			h := &host.Host{Addr: addr("192.0.2.1"), Name: "laptop"}
			r, err := check.NewRunner([]check.Check{callOnly{s, func(c *check.Call) { simple = s.simple.Start(settings).Run(c) }}}, nil, nil)
			require.NoError(t, err)
			r.Hosts(slices.Values([]*host.Host{h}), now)
		}
		assert.Equal(t, want, simple, source)
	}
}

// callOnly shows the calls that a check gets.
type callOnly struct {
	*Script
	see func(c *check.Call)
}

func (c callOnly) Start(check.Settings) (check.Instance, error) { return c, nil }
func (c callOnly) Run(call *check.Call) error                   { c.see(call); return nil }
func (c callOnly) Close()                                       {}

// What protocols told is asked for without the interpreter, entry by entry, and is the same
// as in the tables that it makes.
func TestProtocolTablesAreTheSame(t *testing.T) {
	t.Parallel()
	for name, entries := range protocolTables() {
		for _, e := range entries {
			source := fmt.Sprintf("-- @hook flow_end\nlocal t = flow.%s()\nlocal v = t[%q]\nif v then flow.triggerAlert(10, '' .. (v == true and 'true' or v)) end\nif flow.%[1]s()[%[2]q] ~= v or t.nothing then flow.triggerAlert(99, 'differs') end", name, e.key)
			script, err := Compile("x.lua", source)
			require.NoError(t, err)
			direct := flowOutcome(t, script)
			script.simple = nil
			assert.Equal(t, flowOutcome(t, script), direct, source)
			assert.NotContains(t, direct, "differs")
			assert.Contains(t, direct, "\n", "%s of %s", e.key, name)
		}
	}
}

// flowOutcome runs a script on flows of many protocols, and tells what it raised.
func flowOutcome(t *testing.T, script *Script) string {
	t.Helper()
	r, err := check.NewRunner([]check.Check{script}, nil, nil)
	require.NoError(t, err)
	defer r.Close()
	r.Flows(check.FlowEnd, slices.Values(toldFlows()), now)
	text := ""
	for _, a := range r.Alerts().All() {
		text += fmt.Sprintln(a.Subject, a.Score, a.Message)
	}
	require.Zero(t, r.Costs()[0].Errors, r.Costs()[0].LastError)
	return text
}

// toldFlows are flows about which dissectors tell all there is, one of each kind.
func toldFlows() []*flow.Record {
	infos := []*dpi.Info{
		nil,
		{ServerName: "www.example.com", UserAgent: "curl/8", HTTP: &dpi.HTTPInfo{Method: "GET", URL: "/", Status: 200, Server: "nginx"}},
		{DNS: &dpi.DNSInfo{Query: "example.com", QueryType: 1, RCode: 3}},
		{SSH: &dpi.SSHInfo{ClientBanner: "SSH-2.0-a", ServerBanner: "SSH-2.0-b", ClientHASSH: "c", ServerHASSH: "d"}},
		{ServerName: "example.net", TLS: &dpi.TLSInfo{
			Version: 0x301, SANs: []string{"a", "b"}, ALPN: "h2", ClientVersions: "TLS1.3", Issuer: "CN=i", Subject: "CN=s", NotBefore: 1, NotAfter: 2, JA4: "t13d", JA4Listed: true,
		}},
	}
	var all []*flow.Record
	for _, i := range infos {
		r := new(flow.Record)
		r.DPI.Info = i
		r.DPI.Risks = dpi.RiskSet(0).With(dpi.RiskInvalidChars)
		all = append(all, r)
	}
	return all
}
