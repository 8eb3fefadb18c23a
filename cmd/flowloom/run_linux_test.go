package main

import (
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/internal/netlab"
)

// TestRunLive runs the test below in a network namespace of its own, where its traffic
// is all there is.
func TestRunLive(t *testing.T) {
	t.Parallel()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestRunInNamespace$", "-test.v") //nolint:gosec // the test itself
	cmd.Env = append(os.Environ(), tokenVariable+"=")
	netlab.Isolate(cmd)
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, string(out))
	require.Contains(t, string(out), "--- PASS: TestRunInNamespace")
}

func TestRunInNamespace(t *testing.T) { //nolint:paralleltest // alone in its process
	if os.Getenv(netlab.Inside) == "" {
		return // TestRunLive does it
	}
	out, err := exec.Command("ip", "link", "set", "lo", "up").CombinedOutput()
	require.NoError(t, err, string(out))
	var stdout, stderr lockedBuffer
	root := newRoot()
	root.SetOut(&stdout)
	root.SetErr(&stderr)
	done := make(chan int)
	const token = "a token for tests"
	dir := t.TempDir()
	// The filter leaves the test's own questions out.
	args := []string{"run", "-i", "lo", "--duration", "4s", "--format", "json", "--idle-timeout", "1s", "--filter", "udp", "--listen", "127.0.0.1:0", "--data", dir, "--token", token}
	go func() { done <- executeRoot(t.Context(), root, args) }()
	require.Eventually(t, func() bool { return strings.Contains(stderr.String(), "answers on ") }, 3*time.Second, 5*time.Millisecond)
	_, rest, _ := strings.Cut(stderr.String(), "answers on ")
	url, _, _ := strings.Cut(rest, " to its users")
	require.Contains(t, stderr.String(), "the first user is admin with the one-time password ")

	discard, err := (&net.ListenConfig{}).ListenPacket(t.Context(), "udp", "127.0.0.1:9") // or ICMP would say that nobody is there
	require.NoError(t, err)
	t.Cleanup(func() { _ = discard.Close() })
	c, err := (&net.Dialer{}).DialContext(t.Context(), "udp", "127.0.0.1:9")
	require.NoError(t, err)
	_, err = c.Write([]byte("to be discarded"))
	require.NoError(t, err)
	port := c.LocalAddr().(*net.UDPAddr).Port
	require.Eventually(t, func() bool { return len(askFlows(t, url, token)) == 1 }, 2*time.Second, 20*time.Millisecond)
	require.InEpsilon(t, float64(port), askFlows(t, url, token)[0]["cli_port"], 1e-9)
	require.Eventually(t, func() bool { return strings.Contains(stdout.String(), `"srv_port":9,`) }, 3*time.Second, 20*time.Millisecond, "it ended, and is printed while others go on")
	require.Empty(t, askFlows(t, url, token))

	code, _, errs := typed(t, goodPassword, "user", "add", "vera", "--data", dir)
	require.Equal(t, exitOK, code, errs)
	require.Eventually(t, func() bool { return mayAsk(t, url, "vera", goodPassword) }, 3*time.Second, 300*time.Millisecond, "who was added while it runs")

	_, err = c.Write([]byte("again, and not idle at the end"))
	require.NoError(t, err)
	require.Equal(t, exitOK, <-done, stderr.String())
	require.Equal(t, 2, strings.Count(stdout.String(), "\n"), stdout.String())
	require.Contains(t, stderr.String(), "2 packets, ")
}

// mayAsk tells whether a user is let in.
func mayAsk(t *testing.T, url, name, password string) bool {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url+"/api/v1/session", nil)
	require.NoError(t, err)
	req.SetBasicAuth(name, password)
	res, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	require.NoError(t, res.Body.Close())
	return res.StatusCode == http.StatusOK
}

// askFlows returns the flows that go on.
func askFlows(t *testing.T, url, token string) []map[string]any {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url+"/api/v1/flows", nil)
	require.NoError(t, err)
	req.Header.Set("Authorization", "Token "+token)
	res, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, res.StatusCode, string(body))
	var list struct{ Rows []map[string]any }
	require.NoError(t, json.Unmarshal(body, &list))
	return list.Rows
}

func TestRunRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		args []string
		want string
		code int
	}{
		{[]string{"x.pcap"}, "to analyse a capture: flowloom read x.pcap", exitUsage},
		{[]string{"-i", "lo", "--listen", "0.0.0.0:3000"}, "cannot listen on 0.0.0.0:3000 without TLS", exitUsage},
		{[]string{"-i", "lo", "--listen", ":3000"}, "without TLS", exitUsage},
		{[]string{"-i", "lo", "--listen", "3000"}, "write it as 127.0.0.1:3000", exitUsage},
		{[]string{"-i", "lo", "--tls-cert", "x"}, "cannot use TLS with half of it", exitUsage},
		{[]string{"-i", "lo", "--tls-cert", "nowhere.pem", "--tls-key", "nowhere.pem"}, "cannot use the certificate: open nowhere.pem", exitUsage},
		{[]string{"-i", "lo", "--tls-self-signed", "--tls-cert", "x", "--tls-key", "x"}, "cannot use two certificates", exitUsage},
		{[]string{"-i", "lo", "--token", "short"}, "it takes at least 8", exitUsage},
		{[]string{"-i", "lo", "--duration", "-1s"}, "--duration is positive", exitUsage},
		{[]string{"-i", "lo", "--format", "xml"}, `cannot print format "xml"`, exitUsage},
		{nil, "cannot capture on no interface", exitFailed},
	} {
		code, _, errs := flowloom(t, append([]string{"run"}, c.args...)...)
		require.Equal(t, c.code, code, errs)
		require.Contains(t, errs, c.want)
	}
}
