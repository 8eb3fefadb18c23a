package lua

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// FuzzPattern: whatever the pattern, a search ends within its steps, and what it finds
// lies within the text.
func FuzzPattern(f *testing.F) {
	for _, p := range []string{"", "a*", "(a*)(.-)%1", "%b()", "%f[%w]%w+", "[^%]]", "[a-", "%", "(((", "^$", "()", "[]]", "a-b", "%9", "()%1", "[%w_-]+", "%D%S-$"} {
		f.Add("some (text) with words", p, 0)
	}
	f.Fuzz(func(t *testing.T, src, pat string, init int) {
		if init < 0 || init > len(src) {
			return
		}
		steps := 20000
		start, end, m, err := find(src, pat, init, &steps)
		require.GreaterOrEqual(t, steps, -len(src)-1)
		if err != nil || start < 0 {
			return
		}
		require.True(t, init <= start && start <= end && end <= len(src), "%d to %d", start, end)
		for _, c := range m.captures[:m.level] {
			require.True(t, c.length < 0 || c.start+c.length <= len(src))
		}
	})
}

// FuzzScript: whatever the script, it compiles or says why not.
func FuzzScript(f *testing.F) {
	f.Add("host.triggerAlert(50, 'x' .. 1)")
	f.Add("local host = 1 ::a:: goto a")
	f.Add("for i = 1, 2 do function f(...) return ... end end")
	shipped, err := filepath.Glob("checks/*.lua")
	require.NoError(f, err)
	require.NotEmpty(f, shipped)
	for _, path := range shipped {
		text, err := os.ReadFile(path)
		require.NoError(f, err)
		f.Add(string(text))
	}
	f.Fuzz(func(t *testing.T, body string) {
		s, err := Compile("x.lua", "-- @hook host\n"+body)
		require.True(t, s == nil != (err == nil))
	})
}
