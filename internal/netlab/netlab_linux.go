// Package netlab gives tests a network of their own: a namespace without any interface of
// the machine, cables between interfaces, and frames to send over them. It needs `ip` of
// iproute2, and root or user namespaces.
package netlab

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"net"
	"os"
	"os/exec"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

// Inside is set in the environment of what runs in a namespace.
const Inside = "FLOWLOOM_TEST_NAMESPACE"

// Isolate has a command run in a network namespace of its own.
func Isolate(cmd *exec.Cmd) {
	cmd.Env = append(cmd.Environ(), Inside+"=1")
	cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNET}
	if os.Getuid() != 0 {
		cmd.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
		cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}}
		cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}}
	}
}

// Main runs the tests of a package in a namespace, and returns the exit code.
func Main(m *testing.M) int {
	if os.Getenv(Inside) != "" {
		return m.Run()
	}
	cmd := exec.Command(os.Args[0], os.Args[1:]...) //nolint:gosec,noctx // the test itself
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	Isolate(cmd)
	if err := cmd.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "tests in a network namespace:", err)
		return 1
	}
	return 0
}

// IP runs `ip` of iproute2.
func IP(t testing.TB, args ...string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "ip", args...).CombinedOutput() //nolint:gosec // the tests' own
	require.NoError(t, err, "ip %v: %s", args, out)
	return string(out)
}

// Pair makes two interfaces joined by a cable, both silent but for the test.
func Pair(t testing.TB) (near, far string) {
	t.Helper()
	near, far = "near0", "far0"
	IP(t, "link", "add", near, "type", "veth", "peer", "name", far)
	t.Cleanup(func() { _ = exec.Command("ip", "link", "del", near).Run() }) //nolint:gosec,noctx // a test may have done so
	Up(t, near, far)
	return near, far
}

// Up switches interfaces on, without IPv6, which would speak by itself.
func Up(t testing.TB, interfaces ...string) {
	t.Helper()
	for _, i := range interfaces {
		IP(t, "link", "set", i, "addrgenmode", "none")
		IP(t, "link", "set", i, "up")
	}
}

// Sender puts frames on an interface.
type Sender struct {
	fd int
	to unix.SockaddrLinklayer
}

// NewSender returns one for an interface.
func NewSender(t testing.TB, name string) *Sender {
	t.Helper()
	i, err := net.InterfaceByName(name)
	require.NoError(t, err)
	fd, err := unix.Socket(unix.AF_PACKET, unix.SOCK_RAW, 0)
	require.NoError(t, err)
	t.Cleanup(func() { _ = unix.Close(fd) })
	return &Sender{fd: fd, to: unix.SockaddrLinklayer{Ifindex: i.Index}}
}

// Send sends one frame.
func (s *Sender) Send(t testing.TB, frame []byte) {
	t.Helper()
	require.NoError(t, unix.Sendto(s.fd, frame, 0, &s.to))
}

// Frame is an Ethernet frame of type 0x88b5 (for experiments) with a number in it, behind
// a tag if there is one.
func Frame(n uint32, length int, tag ...byte) []byte {
	b := []byte{2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2}
	b = append(b, tag...)
	b = append(b, 0x88, 0xb5)
	b = binary.BigEndian.AppendUint32(b, n)
	return append(b, bytes.Repeat([]byte{byte(n)}, max(length-len(b), 0))...)
}
