package main

import (
	"encoding/binary"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/internal/netlab"
)

// TestSourcesLive runs the test below in a network namespace of its own.
func TestSourcesLive(t *testing.T) {
	t.Parallel()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestSourcesInNamespace$", "-test.v") //nolint:gosec // the test itself
	netlab.Isolate(cmd)
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, string(out))
	require.Contains(t, string(out), "--- PASS: TestSourcesInNamespace")
}

func TestSourcesInNamespace(t *testing.T) { //nolint:paralleltest // alone in its process
	if os.Getenv(netlab.Inside) == "" {
		return // TestSourcesLive does it
	}
	for name, test := range map[string]func(*testing.T){
		"an interface and a replay": interfaceAndReplay, "libpcap": withAny, "the filter": filtered, "another user": otherUser, "no right": noRight,
	} {
		t.Run(name, test)
	}
}

// process is a flowloom of its own.
type process struct {
	*exec.Cmd
	out, errs lockedBuffer
}

// begin starts `flowloom run` and waits until it captures.
func begin(t *testing.T, args ...string) *process {
	t.Helper()
	p := &process{Cmd: exec.CommandContext(t.Context(), os.Args[0], append([]string{"run", "--data=", "--listen=127.0.0.1:0"}, args...)...)} //nolint:gosec // the test itself
	p.Env = append(os.Environ(), asFlowloom+"=1")
	p.Stdout, p.Stderr = &p.out, &p.errs
	require.NoError(t, p.Start())
	t.Cleanup(func() { _ = p.Process.Kill() }) // it has ended unless the test failed
	require.Eventually(t, func() bool { return strings.Contains(p.errs.String(), "answers on") }, 30*time.Second, 5*time.Millisecond, "%v", &p.errs)
	return p
}

// interrupt ends it and returns the packets of each interface, captured and dropped.
func (p *process) interrupt(t *testing.T) map[string]float64 {
	t.Helper()
	require.NoError(t, p.Process.Signal(syscall.SIGTERM))
	require.NoError(t, p.Wait(), p.errs.String())
	return interfacesOf(t, p.out.String())
}

// datagram is one over IPv4 to a port.
func datagram(port uint16) []byte {
	b := []byte{2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0, 0x45, 0, 0, 32, 0, 0, 0, 0, 64, 17, 0, 0, 192, 0, 2, 1, 198, 51, 100, 1, 0xc0, 0}
	return append(binary.BigEndian.AppendUint16(b, port), 0, 12, 0, 0, 1, 2, 3, 4)
}

func lab(t *testing.T) (near string, out *netlab.Sender) {
	t.Helper()
	netlab.IP(t, "link", "set", "lo", "up")
	near, far := netlab.Pair(t)
	return near, netlab.NewSender(t, far)
}

func interfaceAndReplay(t *testing.T) {
	near, out := lab(t)
	path := office(t)
	p := begin(t, "-i", path, "-i", near, "--replay-speed", "max", "--rings", "2", "--what", "interfaces", "-f", "json")
	for n := range 5000 {
		out.Send(t, datagram(uint16(n)))
	}
	time.Sleep(time.Second) // of the replay, as long as that may take
	require.Equal(t, map[string]float64{path: 11251, near: 5000}, p.interrupt(t))
	require.NotContains(t, p.errs.String(), "all is replayed", "the interface goes on")
}

func withAny(t *testing.T) {
	_, out := lab(t)
	p := begin(t, "-i", "any", "--capture", "libpcap", "--filter", "udp", "--what", "interfaces", "-f", "json")
	for range 1000 {
		out.Send(t, datagram(53))
	}
	require.Equal(t, map[string]float64{"any": 2000}, p.interrupt(t), "both ends of the cable")
}

func filtered(t *testing.T) {
	near, out := lab(t)
	p := begin(t, "-i", near, "--filter", "udp port 53", "--what", "interfaces", "-f", "json")
	for range 1000 {
		out.Send(t, datagram(53))
		out.Send(t, datagram(54))
	}
	require.Equal(t, map[string]float64{near: 1000}, p.interrupt(t), "all that was sent before the end is there")
}

// otherUser needs more than one user; a namespace of an ordinary user has just one.
func otherUser(t *testing.T) {
	near, out := lab(t)
	users, err := os.ReadFile("/proc/self/uid_map")
	require.NoError(t, err)
	if strings.Fields(string(users))[2] == "1" {
		code, _, errs := flowloom(t, "run", "-i", near, "--data=", "--listen=", "--user", "nobody")
		require.Equal(t, exitFailed, code)
		require.Contains(t, errs, "cannot go on as nobody")
		return
	}
	p := begin(t, "-i", near, "--user", "nobody", "--what", "interfaces", "-f", "json")
	var status []byte
	require.Eventually(t, func() bool {
		status, err = os.ReadFile("/proc/" + strconv.Itoa(p.Process.Pid) + "/status")
		return err == nil && strings.Contains(string(status), "CapEff:\t0000000000000000")
	}, 5*time.Second, 10*time.Millisecond, "it has no rights left")
	for range 100 {
		out.Send(t, datagram(53))
	}
	time.Sleep(200 * time.Millisecond)
	netlab.IP(t, "link", "del", near)
	time.Sleep(300 * time.Millisecond)
	_, far := netlab.Pair(t)
	time.Sleep(500 * time.Millisecond)
	out = netlab.NewSender(t, far)
	for range 100 {
		out.Send(t, datagram(53))
	}
	require.Equal(t, map[string]float64{near: 200}, p.interrupt(t), "before it went away and after it came back")
}

func noRight(t *testing.T) {
	near, _ := lab(t)
	for _, way := range []string{"ring", "libpcap"} {
		cmd := exec.CommandContext(t.Context(), "setpriv", "--bounding-set=-net_raw", "--inh-caps=-net_raw", os.Args[0], "run", "-i", near, "--capture", way, "--data=") //nolint:gosec // the test itself
		cmd.Env = append(os.Environ(), asFlowloom+"=1")
		out, err := cmd.CombinedOutput()
		require.Error(t, err)
		require.Contains(t, string(out), "become root, or give it to the program once: setcap cap_net_raw,cap_net_admin+ep flowloom", way)
	}
}
