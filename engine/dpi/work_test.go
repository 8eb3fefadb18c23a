package dpi

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/packet"
)

// crafted are conversations made to keep a dissector busy: each repeats what costs
// most per byte until it has the size asked for.
var crafted = []struct { //nolint:gochecknoglobals // a table of inputs
	name  string
	proto uint8
	port  uint16
	head  string
	part  string
}{
	{"dns-questions", packet.ProtoUDP, 53, "\x12\x34\x01\x00\xff\xff\x00\x00\x00\x00\x00\x00", "\x01a\x00\x00\x01\x00\x01"},
	{"dns-pointers-back", packet.ProtoUDP, 53, "\x12\x34\x81\x80\x00\x00\x00\x40\x00\x00\x00\x00\x01a\xc0\x0c", "\xc0\x0c\x00\x05\x00\x01\x00\x00\x00\x3c\x00\x02\xc0\x0c"},
	{"dns-pointers-forward", packet.ProtoUDP, 53, "\x12\x34\x81\x80\x00\x01\x00\x40\x00\x00\x00\x00", "\xc0\x0e\xc0\x0e"},
	{"dns-long-names", packet.ProtoUDP, 53, "\x12\x34\x81\x80\x00\x00\x00\x40\x00\x00\x00\x00", "\x3f" + "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijk"},
	{"mdns-records", packet.ProtoUDP, 5353, "\x00\x00\x84\x00\x00\x00\xff\xff\x00\x00\x00\x00", "\x00\x00\x01\x80\x01\x00\x00\x00\x78\x00\x00"},
	{"dhcp-zero-options", packet.ProtoUDP, 67, "\x01\x01\x06\x00" + strings.Repeat("\x00", 232) + "\x63\x82\x53\x63", "\x0c\x00"},
	{"dhcp-padding", packet.ProtoUDP, 67, "\x01\x01\x06\x00" + strings.Repeat("\x00", 232) + "\x63\x82\x53\x63", "\x00"},
	{"tls-empty-records", packet.ProtoTCP, 443, "\x16\x03\x01\x00\x00", "\x16\x03\x01\x00\x00"},
	{"tls-tiny-records", packet.ProtoTCP, 443, "\x16\x03\x01\x00\x01\x01", "\x16\x03\x01\x00\x01\x00"},
	{"tls-empty-extensions", packet.ProtoTCP, 443, "\x16\x03\x01\xff\xff\x01\x00\xff\xfb\x03\x03" + strings.Repeat("r", 32) + "\x00\x00\x02\x13\x01\x01\x00\xff\xcc", "\x00\x0a\x00\x00"},
	{"tls-huge-length", packet.ProtoTCP, 443, "\x16\x03\x01\xff\xff\x0b\xff\xff\xff\xff\xff\xff", "\xff\xff\xff"},
	{"quic-crypto-frames", packet.ProtoUDP, 443, "\xc0\x00\x00\x00\x01\x08abcdefgh\x00\x00\x44\x9e", "\x06\x00\x00"},
	{"http-headers", packet.ProtoTCP, 80, "GET / HTTP/1.1\r\n", "a:\r\n"},
	{"http-one-header", packet.ProtoTCP, 80, "GET / HTTP/1.1\r\nHost: ", "%00"},
	{"sip-headers", packet.ProtoUDP, 5060, "INVITE sip:a@b SIP/2.0\r\n", "v:\r\n"},
	{"stun-attributes", packet.ProtoUDP, 3478, "\x00\x01\xff\xfc\x21\x12\xa4\x42abcdefghijkl", "\x80\x22\x00\x00"},
	{"radius-attributes", packet.ProtoUDP, 1812, "\x01\x01\x05\xdc0123456789abcdef", "\x01\x00"},
	{"ldap-nested", packet.ProtoTCP, 389, "\x30\x84\xff\xff\xff\xff", "\x30\x80"},
	{"snmp-nested", packet.ProtoUDP, 161, "\x30\x84\xff\xff\xff\xff", "\x30\x84\xff\xff\xff\xff"},
	{"protobuf-fields", packet.ProtoTCP, 50000, "\x08\x01", "\x0a\x00"},
	{"bittorrent-nested", packet.ProtoUDP, 6881, "d1:ad2:id20:", "d1:a"},
	{"nothing", packet.ProtoUDP, 50000, "", ""}, // the registry alone
	{"noise", packet.ProtoUDP, 50000, "\x91\x7a", "\x5e\x13\xc8\xf2\x07\xb9\x6d"},
}

// workEnv tells the instrumented test which conversation to hold, and its size.
const workEnv = "FLOWLOOM_CRAFTED"

// TestCraftedConversation is what TestWorkIsBounded counts.
func TestCraftedConversation(t *testing.T) {
	name, size, ok := strings.Cut(os.Getenv(workEnv), "/")
	if !ok {
		name, size = "noise", "100"
	}
	n, err := strconv.Atoi(size)
	require.NoError(t, err)
	for _, c := range crafted {
		if c.name != name {
			continue
		}
		data := c.head + strings.Repeat(c.part, n/max(len(c.part), 1))
		msgs := make([]msg, MaxPackets+1)
		for i := range msgs {
			msgs[i] = client(data)
		}
		talk(t, newTestRegistry(t, ""), c.proto, c.port, msgs...)
		return
	}
	require.Fail(t, "no such conversation", name)
}

// Work is counted in statements, not in seconds: the package is built once more with
// counters, and what a crafted conversation executes must grow with its size, not
// with what it claims, and stay within a bound per byte shown.
func TestWorkIsBounded(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	binary := filepath.Join(folder, "counted.test")
	out, err := exec.Command("go", "test", "-c", "-covermode=count", "-o", binary, ".").CombinedOutput()
	require.NoError(t, err, string(out))
	idle := statements(t, binary, folder, "nothing/0")
	for _, c := range crafted {
		one, two := statements(t, binary, folder, c.name+"/600")-idle, statements(t, binary, folder, c.name+"/1200")-idle
		// Some 200 dissectors look at the first bytes of each packet; the rest of the
		// work is for bytes.
		const each, perByte = 2000, 8
		assert.LessOrEqual(t, two, (each+perByte*1200)*MaxPackets, c.name)
		assert.LessOrEqual(t, two, 3*max(one, each*MaxPackets), "%s: twice the size costs more than three times the work", c.name)
	}
}

// statements returns how many statements of the package one run executes.
func statements(t *testing.T, binary, folder, conversation string) int {
	t.Helper()
	profile := filepath.Join(folder, "profile")
	run := exec.Command(binary, "-test.run", "^TestCraftedConversation$", "-test.coverprofile", profile)
	run.Env = append(os.Environ(), workEnv+"="+conversation)
	out, err := run.CombinedOutput()
	require.NoError(t, err, string(out))
	f, err := os.Open(profile)
	require.NoError(t, err)
	defer f.Close()
	total := 0
	for lines := bufio.NewScanner(f); lines.Scan(); {
		words := strings.Fields(lines.Text()) // file:from,to statements count
		if len(words) != 3 {
			continue
		}
		n, err := strconv.Atoi(words[1])
		require.NoError(t, err)
		count, err := strconv.Atoi(words[2])
		require.NoError(t, err)
		total += n * count
	}
	return total
}
