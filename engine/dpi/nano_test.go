package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestNano(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	handshake := "RC\x13\x13\x12\x0a\x01\x00" + strings.Repeat("\x5a", 32)
	checkConversations(t, []conversation{
		{"node identification", tcp, 7075, []msg{client(handshake)}, "Nano"},
		{"keepalive", udp, 7075, []msg{client("RC\x12\x12\x10\x02\x00\x00" + strings.Repeat("\x00", 144))}, "Nano"},
		{"node identification on another port", tcp, 40000, []msg{client(handshake)}, "Nano"},
		{"keepalive on another port", tcp, 40000, []msg{client("RC\x12\x12\x10\x02\x00\x00" + strings.Repeat("\x00", 144))}, "Unknown"},
		{"the answer to node identification on another port", tcp, 40000, []msg{client("RC\x13\x13\x12\x0a\x02\x00" + strings.Repeat("\x5a", 96))}, "Unknown"},
		{"words", tcp, 40000, []msg{client("RCPT TO:<postmaster@example.net>\r\n")}, "Unknown"},
		{"versions out of order", tcp, 7075, []msg{client("RC\x12\x13\x12\x0a\x01\x00")}, "Unknown"},
	})
}
