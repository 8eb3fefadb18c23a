package js

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

// runner starts a module whose hostMinute has the body given.
func runner(t testing.TB, body string) *check.Runner {
	t.Helper()
	s, err := Compile("test.js", "export function hostMinute(host) {\n"+body+"\n}")
	require.NoError(t, err)
	s.SetBudget(50 * time.Millisecond)
	r, err := check.NewRunner([]check.Check{s}, nil, nil)
	require.NoError(t, err)
	t.Cleanup(r.Close)
	return r
}

func say(t testing.TB, body string) string {
	t.Helper()
	r := runner(t, body)
	h := &host.Host{Addr: addr("192.0.2.1"), MAC: [6]byte{0xaa, 0xbb, 0xcc, 0, 0, 1}, Name: "laptop", Local: true, BytesSent: 100, BytesRcvd: 1 << 60}
	r.Hosts(slices.Values([]*host.Host{h}), now)
	if e := r.Costs()[0].LastError; e != "" {
		return "error: " + e
	}
	if all := r.Alerts().All(); len(all) > 0 {
		return all[0].Message
	}
	return ""
}

func TestFieldsAreProperties(t *testing.T) {
	t.Parallel()
	for expr, want := range map[string]string{
		"host.ip": "192.0.2.1", "host.mac": "aa:bb:cc:00:00:01", "host.name": "laptop", "host.bytes_sent": "100", "typeof host.bytes_sent": "number",
		"host.bytes_rcvd": "1152921504606846976", "typeof host.bytes_rcvd": "bigint", "host.is_local": "true", "host.protocols.length": "0",
		"host.first_run": "true", "host.nothing": "undefined", "'ip' in host": "true", "'x' in host": "false", "Object.keys(host).includes('vlan_id')": "true",
		"host.unanswered.ports": "0", "JSON.stringify(host.apps)": "{}", "typeof config": "object", "`${1 + 1}`": "2",
	} {
		assert.Equal(t, want, say(t, "host.alert(50, String("+expr+"))"), expr)
	}
}

func TestVariablesPersist(t *testing.T) {
	t.Parallel()
	s, err := Compile("count.js", "// Counts.\nlet runs = 0;\nexport const hostMinute = (host) => { if (++runs < 3) host.alert(120, `run ${runs}`) };")
	require.NoError(t, err)
	r, err := check.NewRunner([]check.Check{s}, nil, nil)
	require.NoError(t, err)
	defer r.Close()
	for minute := range int64(3) {
		r.Hosts(slices.Values([]*host.Host{{Addr: addr("192.0.2.1")}}), now+minute*60e9)
	}
	a := r.Alerts().All()
	require.Len(t, a, 1)
	assert.Equal(t, "run 2", a[0].Message)
	assert.Equal(t, alert.Past, a[0].Status)
}

func TestSkip(t *testing.T) {
	t.Parallel()
	for call, want := range map[string]uint64{"host.skip()": 1, "host.skip(90)": 2, "host.skip(-1)": 4} {
		r := runner(t, call)
		h := []*host.Host{{Addr: addr("192.0.2.1")}}
		for minute := range int64(4) {
			r.Hosts(slices.Values(h), now+minute*60e9)
		}
		assert.Equal(t, want, r.Costs()[0].Calls, call)
	}
}

// A pattern that takes for ever is given up: it does not match.
func TestPatternBomb(t *testing.T) {
	t.Parallel()
	begin := time.Now()
	say(t, `host.alert(50, String(/(a+)+\1b/.test("a".repeat(50))))`)
	assert.Less(t, time.Since(begin), time.Second)
}

func TestBudgetIsHeld(t *testing.T) {
	t.Parallel()
	s, err := Compile("slow.js", "export function hostMinute() { for (;;) {} }")
	require.NoError(t, err)
	s.SetBudget(200 * time.Millisecond)
	r, err := check.NewRunner([]check.Check{s}, nil, nil)
	require.NoError(t, err)
	defer r.Close()
	best := time.Hour
	for range 5 { // the machine may have other things to do
		begin := time.Now()
		r.Hosts(slices.Values([]*host.Host{{Addr: addr("192.0.2.1")}}), now)
		best = min(best, time.Since(begin))
	}
	assert.GreaterOrEqual(t, best, 200*time.Millisecond)
	assert.Less(t, best, 400*time.Millisecond*slowdown, "twice the budget")
	assert.Contains(t, r.Costs()[0].LastError, "stopped: it ran for more than 200ms")
}

func TestCompileErrors(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{
		"let x = 1":                                "exports no function",
		"import x from 'y'\n":                      "imports nothing",
		"export function hostMinute( {":            "SyntaxError",
		"// @hok\nexport function hostMinute() {}": "cannot use @hok",
		strings.Repeat(" ", maxSource+1):           "more than",
		"export function other() {}":               "exports no function",
	} {
		_, err := Compile("bad.js", source)
		require.ErrorContains(t, err, want)
		assert.ErrorContains(t, err, "cannot load bad.js")
	}
	s, err := Compile("bad.js", "throw new Error('at once')\nexport function hostMinute() {}")
	require.NoError(t, err)
	_, err = check.NewRunner([]check.Check{s}, nil, nil)
	require.ErrorContains(t, err, "at once")
	_, err = Load("/nowhere/x.js")
	require.ErrorContains(t, err, "cannot load a check")
}

// What is pasted from a page may be indented.
func TestIndentedModule(t *testing.T) {
	t.Parallel()
	s, err := Compile("x.js", "    // @detects Hosts\n    export function hostMinute(host) {\n      host.alert(50, 'seen')\n      nothing()\n    }")
	require.NoError(t, err)
	assert.Equal(t, check.HooksOf(check.HostMinute), s.Info().Hooks)
	r, err := check.NewRunner([]check.Check{s}, nil, nil)
	require.NoError(t, err)
	defer r.Close()
	r.Hosts(slices.Values([]*host.Host{{Addr: addr("192.0.2.1")}}), now)
	assert.Contains(t, r.Costs()[0].LastError, "(x.js:4:14")
}

// What is thrown is made a text within the budget, and Date tells the time of the run.
func TestWhatIsThrown(t *testing.T) {
	t.Parallel()
	assert.Contains(t, say(t, "throw { toString() { for (;;) {} } }"), "it threw what cannot be written at hostMinute (test.js:2:1)")
	assert.Contains(t, say(t, "const e = new Error('x'); Object.defineProperty(e, 'message', { get() { for (;;) {} } }); throw e"), "cannot be written")
	assert.Contains(t, say(t, "throw { toString() { return 'mine' } }"), "error: mine at hostMinute")
	assert.Contains(t, say(t, "throw 'text'"), "error: text at hostMinute (test.js:2:1)")
	s, err := Compile("bad.js", "throw { toString() { for (;;) {} } }\nexport function hostMinute() {}")
	require.NoError(t, err)
	_, err = check.NewRunner([]check.Check{s}, nil, nil)
	require.ErrorContains(t, err, "it threw what cannot be written at <anonymous> (bad.js:1:1)")
	assert.Equal(t, "1700000000000 1700000000000", say(t, "host.alert(50, Date.now() + ' ' + new Date().getTime())"))
}

func TestErrorsNameTheLine(t *testing.T) {
	t.Parallel()
	assert.Contains(t, say(t, "\nfor (;;)\nhost.ip"), "ms at hostMinute (test.js:")
	assert.Regexp(t, `test\.js:[34]:`, say(t, "\nfor (;;)\nhost.ip"))
	assert.Contains(t, say(t, "const f = () => f();\nf()"), "stopped: its calls are more than 256 deep at f (test.js:2:")
	assert.Contains(t, say(t, "\n'x'.repeat(2e6)"), "at once at hostMinute (test.js:3:")
	assert.Contains(t, say(t, "host.alert(50)"), "alert needs a score")
	assert.Contains(t, say(t, "let x = 1;\nnothing()"), "nothing is not defined at hostMinute (test.js:3")
	assert.Contains(t, say(t, "host.alert()"), "alert needs a score")
}

func TestParametersAndOutput(t *testing.T) {
	t.Parallel()
	s, err := Compile("p.js", "// @param limit 10 Limit\n// @param names [a, b] Names\n"+
		"export function hostMinute(host) { console.log('x', { y: 1 }); host.alert(50, config.limit + config.names.join('+')) }")
	require.NoError(t, err)
	r, err := check.NewRunner([]check.Check{s}, nil, nil)
	require.NoError(t, err)
	defer r.Close()
	r.Hosts(slices.Values([]*host.Host{{Addr: addr("192.0.2.1")}}), now)
	require.Len(t, r.Alerts().All(), 1)
	assert.Equal(t, "10a+b", r.Alerts().All()[0].Message)
}

// BenchmarkHost is one run of a check on one host, scheduling included, of 100,000 hosts
// of which half alert.
func BenchmarkHost(b *testing.B) {
	const n = 100_000
	r := runner(b, `if (host.is_local && host.bytes_sent > 1000) host.alert(100, "this host sends too much")`)
	hosts := make([]*host.Host, n)
	for i := range hosts {
		hosts[i] = &host.Host{Addr: packet.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)}), Local: true, BytesSent: uint64(500 + i%2*5000)} //nolint:gosec // small
	}
	r.Hosts(slices.Values(hosts), now)
	b.ReportAllocs()
	b.ResetTimer()
	for i := 0; i < b.N; i += n {
		r.Hosts(slices.Values(hosts), now+int64(i))
	}
}
