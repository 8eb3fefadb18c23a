package notify

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

// capable is set in the test's second life.
const capable = "FLOWLOOM_TEST_CAPABLE"

// TestCommandsCannotCapture runs the test below with an ambient capability, as a service has it.
func TestCommandsCannotCapture(t *testing.T) {
	t.Parallel()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestCapableProcess$", "-test.v")
	cmd.Env = append(os.Environ(), capable+"=1")
	cmd.SysProcAttr = &syscall.SysProcAttr{AmbientCaps: []uintptr{unix.CAP_NET_RAW}}
	if os.Getuid() != 0 {
		cmd.SysProcAttr.Cloneflags = syscall.CLONE_NEWUSER
		cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 1000, HostID: os.Getuid(), Size: 1}}
		cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 1000, HostID: os.Getgid(), Size: 1}}
	}
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, string(out))
	require.Contains(t, string(out), "--- PASS: TestCapableProcess")
}

func TestCapableProcess(t *testing.T) { //nolint:paralleltest // alone in its process
	if os.Getenv(capable) == "" {
		return // TestCommandsCannotCapture does it
	}
	ours, err := os.ReadFile("/proc/self/status")
	require.NoError(t, err)
	require.Contains(t, string(ours), "CapAmb:\t0000000000002000\n")
	out := filepath.Join(t.TempDir(), "status")
	c, err := newCommand(&Command{Run: []string{"cp", "/proc/self/status", out}})
	require.NoError(t, err)
	require.NoError(t, c.send(t.Context(), []message{{Alert: event(1).Alert}}))
	theirs, err := os.ReadFile(out)
	require.NoError(t, err)
	require.True(t, strings.Contains(string(theirs), "CapAmb:\t0000000000000000\n"), string(theirs))
}
