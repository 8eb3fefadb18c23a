package js

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/alert"
	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/host"
)

// attacks would do harm, or never end.
func attacks() map[string]string {
	return map[string]string{
		"endless while":        "while (true);",
		"endless for":          "for (;;) {}",
		"recursion":            "(function f() { return 1 + f() })()",
		"caught and on again":  "for (;;) { try { for (;;) {} } catch (e) {} }",
		"finally":              "for (;;) { try { for (;;) {} } finally { continue } }",
		"string bomb":          "'x'.repeat(2 ** 30)",
		"padding bomb":         "'x'.padEnd(2 ** 30)",
		"doubling":             "let s = 'x'; for (;;) s += s",
		"list bomb":            "new Array(2 ** 31).fill(0)",
		"list from":            "Array.from({ length: 2 ** 31 })",
		"join bomb":            "new Array(2 ** 31).join('x')",
		"concat bomb":          "new Array(2 ** 31).concat([1])",
		"push for ever":        "const l = []; for (;;) l.push(l)",
		"getter for ever":      "const o = { get x() { for (;;) {} } }; o.x",
		"sort that never ends": "[3, 2, 1].sort(() => { for (;;) {} })",
		"eval":                 "eval('for (;;) {}')",
		"constructor":          "(function () {}).constructor('for (;;) {}')()",
		"memory":               "new ArrayBuffer(2 ** 34)",
		"modules":              "require('fs')",
		"timers":               "setTimeout(() => {}, 1)",
		"process":              "process.exit(1)",
		"big numbers":          "let n = 3n; for (;;) n = n * n",
		"getter of an object":  "const o = {}; Object.defineProperty(o, 'x', { get() { return o.x } }); o.x",
		"text of an object":    "const o = { toString() { for (;;) {} } }; `${o}`",
		"value of an object":   "const o = { valueOf() { for (;;) {} } }; o + 1",
		"endless iterator":     "const o = { [Symbol.iterator]() { return { next() { return { value: 1 } } } } }; for (const x of o) {}",
		"endless spread":       "const o = { [Symbol.iterator]() { return { next() { return { value: 1 } } } } }; [...o]",
		"endless generator":    "function* g() { for (;;) yield 1 } for (const x of g()) {}",
		"list of the endless":  "function* g() { for (;;) yield 1 } Array.from(g())",
		"sort for ever":        "const l = []; for (let i = 0; i < 16000; i++) l.push((i * 7919) % 16001); for (;;) l.sort((a, b) => a - b)",
		"sort without end":     "const l = []; for (let i = 0; i < 16000; i++) l.push((i * 7919) % 16001); for (;;) l.sort()",
		"reverse for ever":     "const l = []; for (let i = 0; i < 60000; i++) l.push(i); for (;;) l.reverse()",
		"text of lists":        "const l = []; for (let i = 0; i < 60000; i++) l.push(i); for (;;) JSON.stringify(l)",
		"split for ever":       "const s = 'x'.repeat(2 ** 17); for (;;) s.split('')",
		"pattern for ever":     "const s = 'a'.repeat(2 ** 17); for (;;) /a*a*a*b/.test(s)",
		"trying for ever":      "const s = 'a'.repeat(50); for (;;) /(a+)+\\1b/.test(s)",
		"replace for ever":     "const s = 'a'.repeat(2 ** 17); for (;;) s.replace(/a/g, 'bb')",
		"map for ever":         "const m = new Map(); for (let i = 0; ; i++) m.set(i, i)",
		"set for ever":         "const m = new Set(); for (let i = 0; ; i++) m.add(`k${i}`)",
		"object for ever":      "const m = {}; for (let i = 0; ; i++) m[`k${i}`] = i",
		"deep object":          "let o = {}; for (;;) o = { o }",
		"deep text":            "let o = {}; for (let i = 0; i < 1e5; i++) o = { o }; JSON.stringify(o)",
		"output for ever":      "for (;;) console.log('x'.repeat(1000))",
		"fields for ever":      "for (;;) host.protocols",
		"networks for ever":    "for (;;) inNetwork(host.ip, '10.0.0.0/8')",
		"power":                "2n ** 10000000000n",
		"shift":                "1n << 10000000000n",
		"width of an integer":  "BigInt.asUintN(2 ** 40, -1n)",
		"doubling in a sum":    "let s = 'x'; for (;;) s = s + s + ''",
		"code from text":       "(async function () {}).constructor('')",
		"nested text":          "JSON.parse('['.repeat(1e6))",
		"nested list":          "let a = []; for (let i = 0; i < 1e5; i++) a = [a]; a.flat(Infinity)",
		"nested output":        "let o = {}; for (let i = 0; i < 1e5; i++) o = { o }; JSON.stringify({ x: 1 }); console.log(o); throw 1",
		"promises":             "(function again() { Promise.resolve().then(again) })(); for (;;) {}",
	}
}

// attackBudget is long beside the pauses of a busy machine.
const attackBudget = 100 * time.Millisecond

// attack runs a module that fails on the first of two hosts, and returns how long both took,
// with the alerts and the cost.
func attack(t *testing.T, body string) (time.Duration, []*alert.Alert, check.Cost) {
	t.Helper()
	s, err := Compile("test.js", "let first;\nexport function hostMinute(host) {\nfirst = !first; if (first) { "+body+" } host.alert(50, 'fine')\n}")
	require.NoError(t, err, body)
	s.SetBudget(attackBudget)
	r, err := check.NewRunner([]check.Check{s}, nil, nil)
	require.NoError(t, err)
	defer r.Close()
	begin := time.Now()
	r.Hosts(slices.Values([]*host.Host{{Addr: addr("192.0.2.1")}, {Addr: addr("192.0.2.2")}}), now)
	return time.Since(begin), r.Alerts().All(), r.Costs()[0]
}

// Each attack is stopped within twice its budget, and the next host is checked as ever.
func TestAttacks(t *testing.T) {
	// Not parallel: it is about time.
	for name, body := range attacks() {
		took := time.Duration(0)
		for range 5 { // the machine may have other things to do
			var alerts []*alert.Alert
			var cost check.Cost
			took, alerts, cost = attack(t, body)
			assert.Equal(t, uint64(1), cost.Errors, "%s: %s", name, cost.LastError)
			if assert.Len(t, alerts, 1, name) {
				assert.Equal(t, "192.0.2.2", alerts[0].Subject, name)
			}
			if took < 2*attackBudget*slowdown {
				break
			}
		}
		assert.Less(t, took, 2*attackBudget*slowdown, name)
	}
}
