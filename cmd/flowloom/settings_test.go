package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/require"
)

// settingsFile writes a configuration that only its owner can read.
func settingsFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "flowloom.yaml")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// runWith returns `run` with the flags of a command line parsed.
func runWith(t *testing.T, args ...string) *cobra.Command {
	t.Helper()
	cmd := newRun()
	require.NoError(t, cmd.ParseFlags(args))
	return cmd
}

func TestSettingsAreFlags(t *testing.T) {
	t.Parallel()
	cmd := runWith(t, "--snaplen", "100")
	path := settingsFile(t, "# what to capture on\ninterface: [eth0, eth1]\nsnaplen: 200\nduration: 1m\nquiet: true\ntoken: long enough\n")
	require.NoError(t, useSettings(cmd, path))
	for name, want := range map[string]string{
		"interface": "[eth0,eth1]", "snaplen": "100", "duration": "1m0s", "quiet": "true", "token": "long enough",
	} {
		require.Equal(t, want, cmd.Flags().Lookup(name).Value.String(), name)
	}
	require.NoError(t, useSettings(cmd, settingsFile(t, "")), "nothing is set")
}

func TestSettingsRefuse(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"intreface: eth0", `:1: there is no setting "intreface"`},
		{"\nconfig: x", `:2: there is no setting "config"`},
		{"duration: soon", ":1: cannot set duration to soon"},
		{"snaplen: 1\nsnaplen: 2", ":2: snaplen is set twice"},
		{"snaplen: [1, 2]", "it takes one value"},
		{"snaplen:", "snaplen needs a value"},
		{"snaplen: {a: 1}", "snaplen needs a value"},
		{"snaplen", "it has to consist of lines like interface: eth0"},
		{"a: [", "cannot read the configuration"},
		{"snaplen: 100\n---\nsnaplen: 200\n", ":2: a second document begins here"},
		{"snaplen: 100\n---\n", "a second document begins here"},
		{"snaplen: 100\n---\na: [", "cannot read the configuration"},
	} {
		require.ErrorContains(t, useSettings(runWith(t), settingsFile(t, c.text)), c.want, c.text)
	}
	require.ErrorContains(t, useSettings(runWith(t), "nowhere.yaml"), "cannot read the configuration: open nowhere.yaml")
	open := settingsFile(t, "token: long enough")
	require.NoError(t, os.Chmod(open, 0o644)) //nolint:gosec // it is the point
	require.ErrorContains(t, useSettings(runWith(t), open), "others can read the token; chmod 600")
}

func TestCheckConfig(t *testing.T) {
	t.Parallel()
	good := settingsFile(t, "interface: lo\nchecks: shipped\nfilter: tcp port 443\n")
	dir := t.TempDir()
	code, out, errs := flowloom(t, "run", "--config", good, "--check-config", "--data", dir)
	require.Equal(t, exitOK, code, errs)
	require.Equal(t, "flowloom: this can run\n", out)
	for text, want := range map[string]string{
		"interface: nowhere0":                          "cannot capture on nowhere0",
		"snaplen: 100":                                 "cannot capture on nothing",
		"interface: lo\nreplay-speed: 1e9":             "choose 0.001 to 1000000, or max",
		"interface: lo\nsnaplen: 10":                   "cannot keep 10 bytes of each frame: choose 64 to",
		"interface: lo\nrings: 65":                     "cannot use 65 rings",
		"interface: lo\nring: 1":                       "cannot use 1 MiB of memory for rings (1 of an interface): choose 2 to 2048",
		"interface: lo\nring: 17592186044416":          "--ring takes some hundred",
		"interface: any\ncapture: libpcap\nring: 2048": "cannot use a buffer of 2048 MiB: choose 1 to 1024",
		"interface: lo\nlisten: 127.0.0.1:99999":       "cannot listen on 127.0.0.1:99999",
		"interface: lo\nfilter: tcp prot":              "filter",
		"interface: lo\nuser: nobody-has-this-name":    "cannot go on as nobody-has-this-name",
		"interface: lo\nchecks: nowhere":               "nowhere",
	} {
		code, _, errs := flowloom(t, "run", "--config", settingsFile(t, text), "--check-config", "--data", dir)
		require.Equal(t, exitUsage, code, text)
		require.Contains(t, errs, want)
	}
	require.NoError(t, os.WriteFile(filepath.Join(dir, "access.json"), []byte("{"), 0o600))
	code, _, errs = flowloom(t, "run", "--config", good, "--check-config", "--data", dir)
	require.Equal(t, exitUsage, code)
	require.Contains(t, errs, "cannot use "+filepath.Join(dir, "access.json"))
}
