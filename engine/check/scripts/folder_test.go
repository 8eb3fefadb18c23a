package scripts

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/check"
)

// written is a check whose source is its description.
type written struct{ info check.Info }

func (w written) Info() check.Info                             { return w.info }
func (w written) Start(check.Settings) (check.Instance, error) { return w, nil }
func (w written) Run(*check.Call) error                        { return nil }
func (w written) Close()                                       {}

func compile(file string, source []byte) (check.Check, error) {
	if string(source) == "bad" {
		return nil, errors.New("cannot load it")
	}
	return written{check.Info{Name: strings.TrimSuffix(strings.TrimSuffix(file, ".js"), ".lua"), Hooks: check.HooksOf(check.HostMinute), Detects: string(source),
		Params: []check.Param{{Name: "limit", Default: 5.0}, {Name: "names", Default: []string{"a"}}}}}, nil
}

func newRunner(t *testing.T) *check.Runner {
	t.Helper()
	r, err := check.NewRunner([]check.Check{written{check.Info{Name: "other"}}}, nil, nil)
	require.NoError(t, err)
	r.Expect(check.HooksOf(check.HostMinute))
	t.Cleanup(r.Close)
	return r
}

func TestScriptsAndSettingsAreThereAgain(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "checks")
	f, err := Open(dir, compile)
	require.NoError(t, err)
	r := newRunner(t)
	require.Empty(t, f.Load(r))
	require.NoError(t, f.Put("mine.lua", []byte("one")))
	require.NoError(t, f.Put("mine.lua", []byte("two")))
	require.ErrorContains(t, f.Put("mine.lua", []byte("bad")), "cannot load it")
	require.ErrorIs(t, f.Put("other.js", []byte("x")), ErrTaken)
	require.Equal(t, "two", r.States()[0].Info.Detects)
	off := false
	set := check.Settings{Score: 9, Exclude: check.Exclude{Hosts: []string{"10.0.0.0/8"}}, Params: map[string]any{"limit": 7.0, "names": []string{"b", "c"}}}
	require.NoError(t, f.Keep("mine", set))
	require.NoError(t, f.Keep("other", check.Settings{Enabled: &off}))
	require.NoError(t, f.Keep("gone", check.Settings{}))
	require.NoError(t, f.Close())
	for name, source := range map[string]string{"broken.lua": "bad", "other.js": "taken"} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(source), 0o600))
	}

	f, err = Open(dir, compile)
	require.NoError(t, err)
	r = newRunner(t)
	problems := f.Load(r)
	require.Len(t, problems, 3)
	require.ErrorContains(t, errors.Join(problems...), "cannot load it")
	require.ErrorContains(t, errors.Join(problems...), "cannot use other")
	require.ErrorContains(t, errors.Join(problems...), "cannot set up check gone")
	states := r.States()
	require.Len(t, states, 2)
	require.Equal(t, "two", states[0].Info.Detects)
	require.EqualValues(t, 9, states[0].Settings.Score)
	require.InDelta(t, 7, states[0].Settings.Params["limit"], 0)
	require.False(t, states[1].Enabled)

	require.NoError(t, f.Put("mine.js", []byte("three")), "in the other language")
	all, err := f.List()
	require.NoError(t, err)
	require.Len(t, all, 3)
	require.Equal(t, "mine.js", all[1].File)
	source, err := f.Source("mine.js")
	require.NoError(t, err)
	require.Equal(t, "three", string(source))
	require.NoError(t, f.Remove("mine.js"))
	require.ErrorIs(t, f.Remove("mine.js"), ErrNone)
	require.NoError(t, f.Remove("broken.lua"))
	require.NoError(t, f.Remove("other.js"))
	require.Len(t, r.States(), 1, "the check that was not uploaded stays")
	require.Len(t, f.Load(newRunner(t)), 1, "of mine nothing is left, of gone the settings")
}

func TestNamesAndSizesAreBounded(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	f, err := Open(dir, compile)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "settings.yaml"), []byte("checks: {}"), 0o600))
	require.Empty(t, f.Load(newRunner(t)))
	for _, name := range []string{"", ".lua", "../x.lua", "a/b.lua", "x.py", "X.lua", "x.lua.js", "settings.yaml", "x\x00.lua", strings.Repeat("x", 100) + ".lua"} {
		require.ErrorContains(t, f.Put(name, nil), "cannot call a script", name)
		_, err = f.Source(name)
		require.ErrorIs(t, err, ErrNone)
		require.ErrorIs(t, f.Remove(name), ErrNone)
	}
	require.ErrorContains(t, f.Put("x.lua", make([]byte, MaxSize+1)), "more than")
	for n := range MaxScripts {
		require.NoError(t, f.Put(fmt.Sprintf("x%d.lua", n), nil))
	}
	require.ErrorContains(t, f.Put("y.lua", nil), "remove one")
	require.NoError(t, f.Put("x1.lua", []byte("again")))
}

func TestWhatCannotBeKeptRuns(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "checks")
	f, err := Open(dir, compile)
	require.NoError(t, err)
	r := newRunner(t)
	require.Empty(t, f.Load(r))
	require.NoError(t, os.Mkdir(filepath.Join(dir, "new.tmp"), 0o700)) // in the way
	var unkept *UnkeptError
	require.ErrorAs(t, f.Put("mine.lua", nil), &unkept)
	require.ErrorAs(t, f.Keep("mine", check.Settings{}), &unkept)
	require.Len(t, r.States(), 2)
}
