package checks_test

import (
	"fmt"
	"io/fs"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/alert"
	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/check/native"
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

// told is all of alerts that can be seen.
func told(alerts []*alert.Alert) []string {
	lines := make([]string, len(alerts))
	for i, a := range alerts {
		lines[i] = fmt.Sprint(a.Time, a.Last, a.Score, a.Count, a.Entity, a.Subject, a.Status, a.Message)
	}
	return lines
}
