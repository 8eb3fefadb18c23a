package lua

import (
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/alert"
	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/host"
	"github.com/flowloom/flowloom/engine/packet"
)

const now = int64(1_700_000_000e9)

func addr(s string) packet.Addr { return packet.AddrFrom(netip.MustParseAddr(s)) }

// runner starts a script that runs on hosts.
func runner(t testing.TB, body string) *check.Runner {
	t.Helper()
	s, err := Compile("test.lua", "-- @hook host\n"+body)
	require.NoError(t, err)
	s.SetBudget(50 * time.Millisecond)
	r, err := check.NewRunner([]check.Check{s}, nil, nil)
	require.NoError(t, err)
	t.Cleanup(r.Close)
	return r
}

// say runs a script on one host and returns the message of the alert that it raises, or
// its error.
func say(t testing.TB, body string) string {
	t.Helper()
	r := runner(t, body)
	h := &host.Host{Addr: addr("192.0.2.1"), MAC: [6]byte{0xaa, 0xbb, 0xcc, 0, 0, 1}, Name: "laptop", Local: true, BytesSent: 100, BytesRcvd: 50}
	r.Hosts(slices.Values([]*host.Host{h}), now)
	if e := r.Costs()[0].LastError; e != "" {
		return "error: " + e
	}
	if all := r.Alerts().All(); len(all) > 0 {
		return all[0].Message
	}
	return ""
}

func TestHostAPI(t *testing.T) {
	t.Parallel()
	for expr, want := range map[string]string{
		"host.ip()": "192.0.2.1", "host.mac()": "AA:BB:CC:00:00:01", "host.name()": "laptop", "host.vlan_id()": "0",
		"host.bytes()": "150", "host.bytes_sent()": "100", "host.bytes_rcvd()": "50", "host.is_local()": "true",
		"host.is_unicast()": "true", "host.is_multicast()": "false", "host.is_broadcast()": "false", "host.is_blacklisted()": "false",
		"host.is_rx_only()": "true", "host.isFirstCheckRun()": "true", "host.score()": "0", "host.l7().ndpi.DNS": "nil",
		"host.getUnidirectionalTCPUDPFlowsStats().num_egress": "0", "host.getNumContactedPeersAsClientTCPUDPNoTX()": "0",
		"host.getNumContactsFromPeersAsServerTCPUDPNoTX()": "0", "host.getNumContactedTCPUDPServerPortsNoTX()": "0",
		"host.packets_sent()": "0", "#host.protocols()": "0", "flow.cli()": "nil", "flow.is_oneway()": "false", "flow.bytes()": "nil",
		"interface.name()": "nil", "os.time()": "1700000000", "os.date('%d/%m/%Y %H:%M:%S')": "14/11/2023 22:13:20",
		"os.date('!%Y', 0)": "1970", "os.date('*t').hour": "22", "os.time(os.date('*t'))": "1700000000", "os.time({year = 2023, month = 11, day = 14})": "1699963200",
		"os.time({year = 2023, month = 11, day = 14, hour = 22, min = 13, sec = -3580})": "1699996400", "pcall(os.time, {year = 2023})": "false", "pcall(os.time, {year = 1e300, month = 1, day = 1})": "false", "pcall(os.date, ('x'):rep(300))": "false", "os.getenv": "nil", "os.exit": "nil", "type(ntop.getDirs().installdir)": "string",
	} {
		assert.Equal(t, want, say(t, "host.triggerAlert(50, tostring("+expr+"))"), expr)
	}
}

func TestAlertsEngageAndRelease(t *testing.T) {
	t.Parallel()
	r := runner(t, "runs = (runs or 0) + 1 if runs < 3 then host.triggerAlert(120, 'run ' .. runs) end return(0)")
	hosts := []*host.Host{{Addr: addr("192.0.2.1")}}
	for minute := range int64(3) {
		r.Hosts(slices.Values(hosts), now+minute*60e9)
	}
	a := r.Alerts().All()[0]
	assert.Equal(t, alert.Past, a.Status)
	assert.Equal(t, uint64(2), a.Count)
	assert.Equal(t, "run 2", a.Message)
	assert.Equal(t, "192.0.2.1", a.Subject)
	assert.Equal(t, now+120e9, a.Last)
}

func TestSkipVisitedHost(t *testing.T) {
	t.Parallel()
	for call, want := range map[string]uint64{
		"host.skipVisitedHost()": 1, "host.skipVisitedHost(true)": 1, "host.skipVisitedHost(false)": 4,
		"host.skipVisitedHost(true, 1700000120)": 3, "host.skipVisitedHost(90)": 2,
	} {
		r := runner(t, call)
		hosts := []*host.Host{{Addr: addr("192.0.2.1")}}
		for minute := range int64(4) {
			r.Hosts(slices.Values(hosts), now+minute*60e9)
		}
		assert.Equal(t, want, r.Costs()[0].Calls, call)
	}
}

func TestBudgetIsHeld(t *testing.T) {
	t.Parallel()
	s, err := Compile("slow.lua", "-- @hook host\nwhile true do end")
	require.NoError(t, err)
	s.SetBudget(100 * time.Millisecond)
	r, err := check.NewRunner([]check.Check{s}, nil, nil)
	require.NoError(t, err)
	best := time.Hour
	for range 5 { // the machine may have other things to do
		begin := time.Now()
		r.Hosts(slices.Values([]*host.Host{{Addr: addr("192.0.2.1")}}), now)
		best = min(best, time.Since(begin))
	}
	assert.GreaterOrEqual(t, best, 100*time.Millisecond)
	assert.Less(t, best, 200*time.Millisecond, "twice the budget")
	assert.Contains(t, r.Costs()[0].LastError, "stopped: it ran for more than 100ms")
}

// A check that fails at each run is switched off, and says so.
func TestFailingCheckIsSwitchedOff(t *testing.T) {
	t.Parallel()
	r := runner(t, "error('always')")
	hosts := make([]*host.Host, 2*check.MaxFailures)
	for i := range hosts {
		hosts[i] = &host.Host{Addr: addr("192.0.2.1")}
	}
	r.Hosts(slices.Values(hosts), now)
	c := r.Costs()[0]
	assert.True(t, c.Disabled)
	assert.Equal(t, uint64(check.MaxFailures), c.Calls)
	a := r.Alerts().All()
	require.Len(t, a, 1)
	assert.Equal(t, alert.System, a[0].Entity)
	assert.Contains(t, a[0].Message, "always")
}

func TestCompileErrors(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{
		"x = 1":                            "does not say when it runs",
		"-- @hook never\nx = 1":            "there are host, flow_detected",
		"-- @hook host\nx = = 1":           "syntax error",
		"-- @hook host\n-- @hok host":      "cannot use @hok",
		"-- @hook host\n-- @param x":       "name, default, meaning",
		"-- @hook host\n-- @param x [a, b": "the list has no end",
		"-- @hook host\nreturn ...":        "outside a vararg function",
		strings.Repeat(" ", maxSource+1):   "more than",
	} {
		_, err := Compile("bad.lua", source)
		require.ErrorContains(t, err, want)
		assert.ErrorContains(t, err, "cannot load bad.lua")
	}
	_, err := Load("/nowhere/x.lua")
	require.ErrorContains(t, err, "cannot load a check")
}

func TestErrorsNameTheLine(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "error: test.lua:4: attempt to call a non-function object", strings.TrimSpace(say(t, "local x = 1\n\nx = nothing()")))
	assert.Equal(t, "error: test.lua:3: mine", say(t, "local x = 'a' .. 'b'\nerror('mine')"))
}

// Strings work as in Lua 5.1.
func TestStrings(t *testing.T) {
	t.Parallel()
	for expr, want := range map[string]string{
		`("hello world"):find("wor")`: "7,9", `("hello"):find("l+")`: "3,4", `("a.b"):find(".", 1, true)`: "2,2", `("abc"):find("b", -1)`: "nil",
		`("key = value"):match("(%w+)%s*=%s*(%w+)")`: "key,value", `("2024-01-02"):match("^(%d+)-(%d+)")`: "2024,01", `("abc"):match("()b()")`: "2,3",
		`("x[y]z"):match("%[(.-)%]")`: "y", `("f(a(b)c)"):match("%b()")`: "(a(b)c)", `("THE (quick) fox"):find("%((%a+)%)")`: "5,11,quick",
		`("hello"):gsub("l", "L")`: "heLLo,2", `("hello"):gsub("(l)(l)", "%2%1-%0")`: "hell-llo,1", `("abc"):gsub("%w", {a = "1", b = false})`: "1bc,3",
		`("abc"):gsub("", "-")`: "-a-b-c-,4", `("abc"):gsub(".", function(c) return c:upper() end, 2)`: "ABc,2", `("a b"):gsub("^%s*", "")`: "a b,1",
		`("x"):rep(3)`: "xxx", `("x"):rep(0)`: "", `string.format("%5.1f|%s|%d", 3.14159, "a", 7)`: "  3.1|a|7", `1 .. 2`: "12", `"a" .. 1.5 .. "b"`: "a1.5b",
		`table.concat({1, 2, "x"}, ", ")`: "1, 2, x", `("THE (quick)"):find("%f[%a]%a+")`: "1,3", `("aXb"):find("[A-Z]")`: "2,2", `("a]b"):find("[]]")`: "2,2",
		`("abcabc"):match("(abc)%1")`: "abc", `("  trim "):match("^%s*(.-)%s*$")`: "trim", `("10.0.0.1"):match("^10%.")`: "10.", `("x-y"):gsub("%-", "%%")`: "x%y,1",
		`("aa"):find("()%1")`: "nil", `("a"):find(")")`: "nil", `("a)"):find(")", 2)`: "2,2",
		`setmetatable({}, {__concat = function(a, b) return "meta" end}) .. "x"`: "meta",
	} {
		body := "local out = {" + expr + "} for i = 1, #out do out[i] = tostring(out[i]) end if #out == 0 then out = {'nil'} end host.triggerAlert(50, table.concat(out, ','))"
		assert.Equal(t, want, say(t, body), expr)
	}
	for expr, want := range map[string]string{
		`("x"):find("[a")`: "malformed pattern", `("x"):find("%")`: "malformed pattern", `("x"):match("(x")`: "unfinished capture", `("x"):match("x)")`: "malformed pattern",
		`("x"):gsub("x", "%2")`: "invalid capture index", `{} .. "x"`: "attempt to concatenate a table", `nil .. "x"`: "attempt to concatenate a nil",
	} {
		assert.Contains(t, say(t, "local x = "+expr), want, expr)
	}
}

// What scripts write goes to the check's log, within bounds.
func TestOutputIsBounded(t *testing.T) {
	t.Parallel()
	assert.Empty(t, say(t, "io.write('line\\n') print('a', 1, nil) tprint({a = 1, b = {c = 2}}) local t = {} t.t = t tprint(t)"))
	s, err := Compile("loud.lua", "-- @hook host\nfor i = 1, 1000 do print(('x'):rep(1000)) end")
	require.NoError(t, err)
	in, err := newInstance(s, check.Settings{})
	require.NoError(t, err)
	defer in.Close()
	in.say(strings.Repeat("x", 2*maxOutput))
	assert.Equal(t, maxOutput, in.output.Len())
}

func TestParametersReachTheScript(t *testing.T) {
	t.Parallel()
	s, err := Compile("p.lua", "-- @hook host\n-- @param limit 10 Limit\n-- @param names [a, b] Names\n-- @param word x Word\n"+
		"host.triggerAlert(50, config.limit .. config.word .. table.concat(config.names, '+'))")
	require.NoError(t, err)
	cfg, err := check.ParseConfig([]byte("checks:\n  p:\n    limit: 20\n    names: [c, d]\n    score: 77\n"))
	require.NoError(t, err)
	r, err := check.NewRunner([]check.Check{s}, cfg, nil)
	require.NoError(t, err)
	r.Hosts(slices.Values([]*host.Host{{Addr: addr("192.0.2.1")}}), now)
	a := r.Alerts().All()
	require.Len(t, a, 1)
	assert.Equal(t, "20xc+d", a[0].Message)
	assert.Equal(t, uint8(77), a[0].Score)
}
