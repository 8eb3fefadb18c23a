package checks_test

import (
	"fmt"
	"io/fs"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/alert"
	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/check/native"
	"github.com/flowloom/flowloom/internal/tracegen"
	"github.com/flowloom/flowloom/js"
	jschecks "github.com/flowloom/flowloom/js/checks"
)

// translations are the shipped checks that exist beside those in Lua.
func translations(t *testing.T) []check.Check {
	t.Helper()
	all := native.All()
	names, err := fs.Glob(jschecks.Files(), "*.js")
	require.NoError(t, err)
	for _, name := range names {
		source, err := fs.ReadFile(jschecks.Files(), name)
		require.NoError(t, err)
		module, err := js.Compile(name, string(source))
		require.NoError(t, err)
		module.SetBudget(time.Second)
		all = append(all, module)
	}
	return all
}

// A check says the same of itself in every language, and raises the same alerts.
func TestLanguagesAgree(t *testing.T) {
	t.Parallel()
	all := translations(t)
	require.GreaterOrEqual(t, len(all), 20)
	for _, c := range all {
		info := c.Info()
		t.Run(info.Language+"/"+info.Name, func(t *testing.T) {
			t.Parallel()
			original := inLua(t, info.Name)
			want := original.Info()
			want.Language = info.Language
			assert.Equal(t, want, info)
			b, ok := behaviours()[info.Name]
			require.True(t, ok, "no behaviour")
			loud, quiet := captured(t, b.loud), captured(t, b.quiet)
			found := told(runCheck(t, c, b.settings, 1, loud))
			assert.NotEmpty(t, found)
			assert.Equal(t, told(runCheck(t, original, b.settings, 1, loud)), found)
			assert.Empty(t, runCheck(t, c, b.settings, 1, quiet))
		})
	}
}

// A check that counts what differs reports it once, however often it comes again.
func TestRepeatsAreNoNews(t *testing.T) {
	t.Parallel()
	all := translations(t)
	for _, name := range []string{"dga_names", "network_scan", "dns_tunnel", "port_scan"} {
		all = append(all, inLua(t, name))
	}
	twice := func(attempts []tracegen.Flow) []tracegen.Flow {
		for _, f := range slices.Clone(attempts) {
			again := f.(tracegen.TCP) //nolint:forcetypeassert // as refused makes them
			again.At += 5 * time.Second
			again.Client.Port += 1000
			attempts = append(attempts, again)
		}
		return attempts
	}
	again := map[string][]tracegen.Flow{
		"dns_tunnel":   lookups(40, 0, func(i int) string { return fmt.Sprintf("%040x.t.example.net", i%20) }),
		"dga_names":    lookups(40, 3, func(i int) string { return fmt.Sprintf("x%dqzkw.example", i%20) }),
		"port_scan":    twice(refused(20, 1)),
		"network_scan": twice(refused(1, 30)),
	}
	ran := 0
	for _, c := range all {
		info := c.Info()
		flows, ok := again[info.Name]
		if !ok {
			continue
		}
		ran++
		found := runCheck(t, c, behaviours()[info.Name].settings, 1, captured(t, flows))
		assert.Len(t, found, 1, "%s in %s", info.Name, info.Language)
	}
	assert.Equal(t, 8, ran)
}

// told is all of alerts that can be seen.
func told(alerts []*alert.Alert) []string {
	lines := make([]string, len(alerts))
	for i, a := range alerts {
		lines[i] = fmt.Sprint(a.Time, a.Last, a.Score, a.Count, a.Entity, a.Subject, a.Status, a.Message)
	}
	return lines
}
