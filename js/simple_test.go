package js

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/dop251/goja"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/check/direct"
	"github.com/flowloom/flowloom/engine/host"
	"github.com/flowloom/flowloom/internal/scriptgen"
)

// syntax is a part of JavaScript: @b are booleans, @i numbers, @x texts, @l lists, @e any
// of them.
var syntax = &scriptgen.Syntax{ //nolint:gochecknoglobals // constant
	Begin: "let count = 0\nconst LIMIT = 100\nexport function hostMinute(host) {\n", End: "}\n",
	Statements: []string{
		"const @n = @i", "let @n = @x", "let @n = @e", "if (@b) {\n@s}", "if (@b) {\n@s} else {\n@s}", "if (@e) {\n@s}", "for (const @n of @l) {\n@s}",
		"host.alert(@i, @x)", "host.alert(50, @x)", "host.alert(60, `y ${@i} ${@x}`)", "host.alert(60, @e)", "let @n = 1; @v = @i", "{\n@s}", "count++",
		"if (@b) return", "for (const @n of @l) { if (@b) break; if (@b) continue; host.alert(70, @n) }",
	},
	Rules: map[byte]scriptgen.Rule{
		'b': {
			Leaves: []string{"host.is_local", "host.first_run", "true", "false", "@v"},
			Inner: []string{
				"(@i === @i)", "(@i !== @i)", "(@x == @x)", "(@i < @i)", "(@i <= @i)", "(@i >= @i)", "(@i > @i)", "(@b && @b)", "(@b || @b)", "(!@b)", "(@e === @e)",
				"(@e == @e)", "(@e != @e)", "(!@e)", "@l.includes(@x)", "(@x).startsWith(@x)", "(@x).includes(@x)", "(@x).endsWith(@x)", "(host.name?.startsWith(@x))",
			},
		},
		'i': {
			Leaves: []string{"1", "0", "50", "LIMIT", "2.5", "1e21", "1e-7", "host.bytes_sent", "host.bytes_rcvd", "host.first_seen", "config.number", "@v"},
			Inner:  []string{"(@i + @i)", "(@i - @i)", "(@i * @i)", "(@i / @i)", "(-@i)", "(@x).length", "@l.length", "(@i % 7)", "(@b ? @i : @i)", "(@e ?? @i)"},
		},
		'x': {
			Leaves: []string{"'A'", "'10'", "'Laptop'", "''", "host.ip", "host.name", "config.text", "@v"},
			Inner:  []string{"(@x + @x)", "(@x + @i)", "(@i + @x)", "(@x || @x)", "(@b ? @x : @x)", "`<${@x}>`"},
		},
		'l': {Leaves: []string{"config.list", "['A', 'Laptop']", "[]", "(host.protocols ?? [])"}},
		'e': {Leaves: []string{"null", "count", "host.nothing", "host.mac", "undefined", "@v"}, Inner: []string{"@b", "@i", "@x", "@l", "(@e && @e)", "(@e || @e)", "(@e ?? @e)"}},
	},
}

// outcome tells all that can be seen of a module's runs.
func outcome(t testing.TB, script *Script) string {
	t.Helper()
	r, err := check.NewRunner([]check.Check{script}, nil, nil)
	require.NoError(t, err)
	defer r.Close()
	hosts := []*host.Host{
		{Addr: addr("192.0.2.1"), Name: "Laptop", Local: true, BytesSent: 100, BytesRcvd: 50, FirstSeen: now},
		{Addr: addr("2001:db8::1"), BytesSent: 1 << 60},
		{Addr: addr("192.0.2.3"), Name: "1é", FirstSeen: 1},
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

// compare runs a module with and without its simple part.
func compare(t testing.TB, source string) {
	t.Helper()
	script, err := Compile("x.js", "// @param number 3 x\n// @param text abc x\n// @param list [A, B] x\n"+source)
	if err != nil {
		return // goja cannot compile every break in a loop
	}
	script.SetBudget(time.Minute) // on a busy machine the time may differ
	quick := outcome(t, script)
	script.simple = [check.NumHooks]*direct.Program{}
	assert.Equal(t, outcome(t, script), quick, source)
}

// What runs directly comes to the same as in the interpreter.
func TestSimpleIsTheSame(t *testing.T) {
	t.Parallel()
	g := scriptgen.New(syntax, 1)
	for range 1000 {
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

// Modules that change what others take for granted run in the interpreter.
func TestTampering(t *testing.T) {
	t.Parallel()
	const begin = "export function hostMinute(host) { "
	for _, source := range []string{
		begin + "config.number++; if (config.number > 4) host.alert(50, 'x') }",
		begin + "const c = config; if (config.number > 3) host.alert(50, 'x'); c.number = 9 }",
		begin + "const l = config.list; if (config.list.length > 2) host.alert(50, 'x'); l.push('C') }",
		begin + "if (config.number > 3) host.alert(50, 'x'); [config.number] = [9] }",
		begin + "if (config.list.includes('C')) host.alert(50, 'x'); config.list.push('C') }",
		"Array.prototype.includes = () => true\n" + begin + "if (config.list.includes('C')) host.alert(50, 'x') }",
		"let seen = false\n" + begin + "if (seen) host.alert(50, 'x'); seen = true }",
		begin + "host.alert(50, 'before'); throw new Error('no') }",
		begin + "host = { is_local: false }; if (!host.is_local) config.seen = 1 }",
		begin + "if (host.is_local) { host.alert(50, later); const later = 1 } }",
		"export const hostMinute = (host) => { if (host.bytes_sent > 100) host.alert(50, host.ip) }",
	} {
		compare(t, source)
	}
}

// Simple modules need the interpreter not at all.
func TestSimpleIsSimple(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]bool{
		"if (host.is_local && host.bytes_sent > 1000) host.alert(100, `${host.ip} sent ${host.bytes_sent}`)": true,
		"for (const n of config.list) if (n === host.name) { host.alert(50, n); break }":                     true,
		"if (host.name?.endsWith('.example') ?? false) return":                                               true,
		"count = 1":          false,
		"console.log('x')":   false,
		"if (host.ip) f()":   false,
		"host.alert(-1, '')": false,
	} {
		s, err := Compile("x.js", "// @param list [a] x\nlet count = 0\nfunction f() {}\nexport function hostMinute(host) {"+body+"}")
		require.NoError(t, err)
		settings, err := check.Settings{}.Merge(&s.info)
		require.NoError(t, err)
		simple := false
		if p := s.simple[check.HostMinute]; p != nil {
			h := &host.Host{Addr: addr("192.0.2.1"), Name: "laptop"}
			r, err := check.NewRunner([]check.Check{callOnly{s, func(c *check.Call) { simple = p.Start(settings).Run(c) }}}, nil, nil)
			require.NoError(t, err)
			r.Hosts(slices.Values([]*host.Host{h}), now)
		}
		assert.Equal(t, want, simple, body)
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

func TestNumberText(t *testing.T) {
	t.Parallel()
	vm := goja.New()
	for _, n := range []float64{
		0, math.Copysign(0, -1), 1, -1.5, 0.1, 1e-6, 9.99e-7, 1e-7, 1.5e-300, 1e20, 123456789012345680000, 1e21, -1.25e21, 1e300, math.Inf(1), math.Inf(-1), math.NaN(), 1 << 53,
	} {
		assert.Equal(t, vm.ToValue(n).String(), numberText(n))
	}
}
