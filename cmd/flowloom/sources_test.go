package main

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// asFlowloom has the test's program be flowloom, for tests that need a process of its own.
const asFlowloom = "FLOWLOOM_TEST_MAIN"

func TestMain(m *testing.M) {
	if os.Getenv(asFlowloom) != "" {
		main()
	}
	os.Exit(m.Run())
}

// interfacesOf reads the output of --what interfaces --format json: packets by name.
func interfacesOf(t *testing.T, out string) map[string]float64 {
	t.Helper()
	all := make(map[string]float64)
	for l := range strings.Lines(out) {
		var row map[string]any
		require.NoError(t, json.Unmarshal([]byte(l), &row), l)
		all[row["name"].(string)] = row["packets"].(float64) + dropped(row)
	}
	return all
}

func dropped(row map[string]any) float64 {
	n, _ := row["dropped_packets"].(float64)
	return n
}

func TestAReplayEndsWhenNobodyAsks(t *testing.T) {
	t.Parallel()
	path := office(t)
	begin := time.Now()
	code, out, errs := flowloom(t, "run", "-i", path, "--replay-speed", "max", "--replay-loop", "2", "--listen", "", "--data", t.TempDir(), "--what", "interfaces", "-f", "json")
	require.Equal(t, exitOK, code, errs)
	require.Equal(t, map[string]float64{path: 2 * 11251}, interfacesOf(t, out))
	require.NotContains(t, errs, "goes on to answer")
	require.Less(t, time.Since(begin), time.Minute, "the capture takes two")
	code, out, errs = flowloom(t, "run", "-i", path, "--replay-speed", "max", "--listen", "", "--data", "", "-f", "json", "-c", "first_seen,srv_port", "--filter", "udp port 53")
	require.Equal(t, exitOK, code, errs)
	require.Contains(t, out, `"first_seen":"`+time.Now().UTC().Format("2006-01-02"), "it is of today")
	require.NotContains(t, out, `"srv_port":443`)
}

func TestAReplayIsAnsweredForUntilAnInterrupt(t *testing.T) {
	t.Parallel()
	var out, errs lockedBuffer
	root := newRoot()
	root.SetOut(&out)
	root.SetErr(&errs)
	ctx, interrupt := context.WithCancel(t.Context())
	defer interrupt()
	done := make(chan int)
	go func() {
		done <- executeRoot(ctx, root, []string{"run", "-i", office(t), "--replay-speed", "max", "--listen", "127.0.0.1:0", "--data", "", "--what", "interfaces", "-f", "json"})
	}()
	require.Eventually(t, func() bool { return strings.Contains(errs.String(), "all is replayed; goes on to answer") }, time.Minute, 10*time.Millisecond)
	select {
	case code := <-done:
		require.Fail(t, "it ended", "%d", code)
	case <-time.After(300 * time.Millisecond):
	}
	interrupt()
	require.Equal(t, exitOK, <-done, errs.String())
	require.Contains(t, out.String(), `"packets":11251`)
}

func TestSourcesRefuse(t *testing.T) {
	t.Parallel()
	path := office(t)
	for args, want := range map[string]string{
		"-i lo --capture bpf":                       `cannot capture with "bpf"`,
		"-i lo --capture libpcap --rings 2":         "cannot use several rings with --capture libpcap",
		"-i lo --rings 0":                           "--rings is at least 1",
		"-i " + path + " --replay-speed fast":       `cannot replay at the speed "fast"`,
		"-i " + path + " --replay-speed -1":         `cannot replay at the speed "-1"`,
		"-i " + path + " --replay-loop -1":          "--replay-loop is positive",
		"-i " + path + " --filter prot --listen=":   "man pcap-filter",
		"-i lo -i nowhere.pcap --check-config":      "nowhere.pcap",
		"-i nowhere/at/all --check-config":          "nowhere/at/all",
		"-i nowhere0 --check-config":                "cannot capture on nowhere0",
		"--capture libpcap --check-config --data=":  "cannot capture on nothing",
		"-i " + path + " --replay-speed 0 --data=.": `cannot replay at the speed "0"`,
	} {
		code, _, errs := flowloom(t, append([]string{"run"}, strings.Fields(args)...)...)
		require.Equal(t, exitUsage, code, args+errs)
		require.Contains(t, errs, want)
	}
	code, _, errs := flowloom(t, "run", "-i", path, "-i", "nowhere.pcap", "--listen=", "--data=")
	require.Equal(t, exitFailed, code)
	require.Contains(t, errs, "cannot replay: cannot open the capture: open nowhere.pcap")
	code, out, errs := flowloom(t, "run", "-i", path, "--check-config")
	require.Equal(t, exitOK, code, errs)
	require.Contains(t, out, "this can run")
}
