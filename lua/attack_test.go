package lua

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
		"endless while":         "while true do end",
		"endless repeat":        "repeat until false",
		"endless for":           "for i = 1, math.huge do end",
		"endless goto":          "::again:: goto again",
		"endless iterator":      "for _ in function() return 1 end do end",
		"tail calls":            "local function f() return f() end f()",
		"recursion":             "local function f() return 1 + f() end f()",
		"caught and on again":   "while true do pcall(function() while true do end end) end",
		"caught error of pcall": "while true do pcall(error, 'x') end",
		"string bomb":           "local s = ('x'):rep(1e9)",
		"negative bomb":         "local s = ('x'):rep(2^53)",
		"doubling":              "local s = 'x' while true do s = s .. s end",
		"doubling in a line":    "s = 'x' for i = 1, 64 do s = s .. s end",
		"pattern bomb":          "local s = ('a'):rep(100) s:find(('a*'):rep(30) .. 'b')",
		"gsub bomb":             "(('a'):rep(1e6)):gsub('a', ('x'):rep(1e6))",
		"format bomb":           "string.format('%99999999d', 1)",
		"concat bomb":           "local t = {} for i = 1, 100 do t[i] = ('x'):rep(1e6) end table.concat(t)",
		"sort that never ends":  "local t = {} for i = 1, 200 do t[i] = i end table.sort(t, function() while true do end end)",
		"metatable loop":        "local t = setmetatable({}, {__index = function(t, k) while true do end end}) return t.x",
		"coroutines":            "coroutine.create(function() end)",
		"load":                  "loadstring('x = 1')()",
		"dofile":                "dofile('/etc/passwd')",
		"files":                 "io.open('/etc/passwd')",
		"commands":              "os.execute('true')",
		"modules":               "require('socket')",
		"bytecode":              "string.dump(function() end)",
		"debug":                 "debug.getinfo(1)",
		"environment":           "setfenv(1, {})",
		"sparse tables":         "for i = 1, 1e9 do local t = {} t[16383] = 1 end",
		"deep table":            "local t = {} for i = 1, 1e9 do t = {t} end",
		"rep for ever":          "while true do local s = ('x'):rep(2e5) end",
		"upper for ever":        "local s = ('x'):rep(2e5) while true do s:upper() end",
		"sort for ever":         "local t = {} for i = 1, 16000 do t[i] = (i * 7919) % 16001 end while true do table.sort(t) end",
		"insert for ever":       "local t = {} for i = 1, 16000 do t[i] = i end while true do table.insert(t, 1, table.remove(t)) end",
		"pattern for ever":      "local s, p = ('a'):rep(100), ('a*'):rep(30) .. 'b' while true do pcall(string.find, s, p) end",
		"unpack for ever":       "local t = {} for i = 1, 16000 do t[i] = i end while true do pcall(unpack, t) end",
		"compare for ever":      "local a = ('x'):rep(2e5) local b = a .. 'y' while true do local c = a < b end",
		"tail calls, then fail": "local n = 0 local function f() n = n + 1 if n > 1e7 then error('x') end return f() end f()",
		"networks for ever":     "local t = {} for i = 1, 16000 do t[i] = '10.0.0.0/8' end while true do in_network('192.0.2.1', t) end",
		"dates for ever":        "while true do os.date('%c %c %c') end",
		"tables within tables":  "local t = {} while true do t = { t, t, t } tprint(t) end",
		"huge table":            "local t = {} for i = 1, 1e9 do t['k' .. i] = i end",
		"full list":             "local t = {} for i = 1, 1e9 do t[#t + 1] = i end",
		"full list by insert":   "local t = {} for i = 1, 1e9 do table.insert(t, i) end",
		"getter for ever":       "while true do local x = host.protocols() end",
		"tables of the API":     "while true do local x = host.l7() end",
	}
}

// attackBudget is long beside the pauses of a busy machine.
const attackBudget = 100 * time.Millisecond

// attack runs a script that fails on the first of two hosts, and returns how long both
// took, with the alerts and the cost.
func attack(t *testing.T, body string) (time.Duration, []*alert.Alert, check.Cost) {
	t.Helper()
	s, err := Compile("test.lua", "-- @hook host\nfirst = not first if first then "+body+" end host.triggerAlert(50, 'fine')")
	require.NoError(t, err, body)
	s.SetBudget(attackBudget)
	r, err := check.NewRunner([]check.Check{s}, nil, nil)
	require.NoError(t, err)
	defer r.Close()
	hosts := []*host.Host{{Addr: addr("192.0.2.1")}, {Addr: addr("192.0.2.2")}}
	begin := time.Now()
	r.Hosts(slices.Values(hosts), now)
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
			require.Len(t, alerts, 1, name)
			assert.Equal(t, "192.0.2.2", alerts[0].Subject, name)
			if took < 2*attackBudget {
				break
			}
		}
		assert.Less(t, took, 2*attackBudget, name)
	}
}

// A list that is full says so, rather than to lose what is put into it.
func TestListsAreBounded(t *testing.T) {
	t.Parallel()
	const many = "local t = {} for i = 1, 16383 do t[#t + 1] = i end "
	assert.Equal(t, "16383", say(t, many+"host.triggerAlert(50, tostring(#t))"))
	for _, more := range []string{"t[#t + 1] = 1", "table.insert(t, 1)", "table.insert(t, 1, 1)"} {
		assert.Contains(t, say(t, many+more), "the list is full: it holds at most 16383 values")
	}
	assert.Equal(t, "x", say(t, many+"t[70000] = 'x' t['70000'] = 'y' host.triggerAlert(50, t[70000])"), "keys above are keys like any other")
}
