package checks_test

import (
	"bytes"
	"io/fs"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/alert"
	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/dpi"
	"github.com/flowloom/flowloom/engine/enrich"
	"github.com/flowloom/flowloom/engine/flow"
	"github.com/flowloom/flowloom/engine/telemetry"
	"github.com/flowloom/flowloom/internal/tracegen"
	"github.com/flowloom/flowloom/lua"
	"github.com/flowloom/flowloom/lua/checks"
)

// alerts runs one shipped check on a trace.
func alerts(t *testing.T, name, settings string, workers int, flows []tracegen.Flow) []*alert.Alert {
	t.Helper()
	return run(t, name, settings, workers, captured(t, flows))
}

// captured writes a trace to a file.
func captured(t *testing.T, flows []tracegen.Flow) string {
	t.Helper()
	tr := tracegen.New(time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC))
	tr.Add(flows...)
	frames, err := tr.Frames()
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "x.pcap")
	var pcap bytes.Buffer
	require.NoError(t, tracegen.WritePcap(&pcap, frames))
	require.NoError(t, os.WriteFile(path, pcap.Bytes(), 0o600))
	return path
}

// files say that one address is in a list, and that those of 198.51.100.0/24 are each in
// a country of their own.
type files struct{}

func (files) Address(a netip.Addr) (about enrich.AddressInfo) {
	switch last := a.AsSlice()[a.BitLen()/8-1]; {
	case a == netip.MustParseAddr("203.0.113.66"):
		about.Lists = []enrich.Listed{{List: "bad"}}
	case netip.MustParsePrefix("198.51.100.0/24").Contains(a):
		about.Country = string([]byte{'A' + last/26, 'A' + last%26})
	}
	return about
}

func (files) MAC([6]byte) string            { return "" }
func (files) Counters() []telemetry.Counter { return nil }

type nothing struct{}

func (nothing) Flow(*flow.Record) error { return nil }

func run(t *testing.T, name, settings string, workers int, paths ...string) []*alert.Alert {
	t.Helper()
	return runCheck(t, inLua(t, name), settings, workers, paths...)
}

func inLua(t *testing.T, name string) check.Check {
	t.Helper()
	source, err := fs.ReadFile(checks.Files(), name+".lua")
	require.NoError(t, err)
	script, err := lua.Compile(name+".lua", string(source))
	require.NoError(t, err)
	script.SetBudget(time.Second)
	return script
}

// runCheck runs a check on captures, each of which is an interface.
func runCheck(t *testing.T, script check.Check, settings string, workers int, paths ...string) []*alert.Alert {
	t.Helper()
	name := script.Info().Name
	cfg, err := check.ParseConfig([]byte("checks:\n  " + name + ":\n    " + settings + "\n"))
	require.NoError(t, err)
	runner, err := check.NewRunner([]check.Check{script}, cfg, nil)
	require.NoError(t, err)
	defer runner.Close()
	src, err := capture.OpenAll(paths, capture.ByTime)
	require.NoError(t, err)
	defer src.Close()
	reg, err := dpi.NewRegistry(nil)
	require.NoError(t, err)
	cfgEngine := engine.Config{Workers: workers, Protocols: reg, Checks: runner}
	cfgEngine.Host.Enrich = files{}
	eng, err := engine.New(cfgEngine, src, nothing{})
	require.NoError(t, err)
	require.NoError(t, eng.Run(t.Context()))
	require.Empty(t, runner.Costs()[0].LastError, name)
	return runner.Alerts().All()
}

// Each check reports the behaviour that it is for, and not what looks like it.
func TestBehaviours(t *testing.T) {
	t.Parallel()
	for name, b := range behaviours() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := alerts(t, name, b.settings, 1, b.loud)
			require.NotEmpty(t, got, "nothing found")
			found := false
			for _, a := range got {
				found = found || strings.Contains(a.Subject, b.subject) && strings.Contains(a.Message, b.saying)
			}
			assert.True(t, found, "%+v", got[0])
			again := alerts(t, name, b.settings, 2, b.loud)
			require.Len(t, again, len(got), "with two workers")
			for _, a := range alerts(t, name, b.settings, 1, b.quiet) {
				assert.Fail(t, "found what is not there", "%+v", a)
			}
		})
	}
}

// shipped describes all checks.
func shipped(t *testing.T) []check.Info {
	t.Helper()
	names, err := fs.Glob(checks.Files(), "*.lua")
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(names), 60)
	infos := make([]check.Info, len(names))
	for i, file := range names {
		source, err := fs.ReadFile(checks.Files(), file)
		require.NoError(t, err)
		s, err := lua.Compile(file, string(source))
		require.NoError(t, err)
		infos[i] = s.Info()
	}
	return infos
}

// Every shipped check says what it detects and how to tune it, and has a test.
func TestEveryCheckIsDescribedAndTested(t *testing.T) {
	t.Parallel()
	tested := behaviours()
	elsewhere := map[string]bool{"interface_drops": true, "no_interface_activity": true}
	for _, info := range shipped(t) {
		assert.NotEmpty(t, info.Detects, info.Name)
		assert.NotEmpty(t, info.Tune, info.Name)
		for _, p := range info.Params {
			assert.NotEmpty(t, p.Doc, "%s: %s", info.Name, p.Name)
		}
		_, ok := tested[info.Name]
		assert.True(t, ok || elsewhere[info.Name], "%s has no test", info.Name)
	}
}
