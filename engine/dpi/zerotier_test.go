package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestZeroTier(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	const root, node = "\x8a\xe6\x1c\x2f\x40", "\x1d\x0b\x7c\x3e\x55"
	packetOf := func(id, to, from, flags, verb string) string {
		return "\x9a\x11\x2b\x70\xc4\x05\xe9" + id + to + from + flags + "\x6a\x2b\x91\x04\xd8\x37\xe5\x12" + verb
	}
	versions := "\x0b\x01\x0a\x00\x06\x00\x00\x01\x8b\x45\x21\x9a\x03"
	hello := packetOf("\x3c", root, node, "\x00", "\x01"+versions+node+"\x00"+strings.Repeat("\x5e", 64))
	data := strings.Repeat("\xb7", 40)
	checkConversations(t, []conversation{
		{"hello", udp, 9993, []msg{client(hello)}, "ZeroTier"},
		{"hello on another port", udp, 40000, []msg{client(hello)}, "ZeroTier"},
		{"another identity than the sender's", udp, 40000, []msg{client(packetOf("\x3c", root, node, "\x00", "\x01"+versions+root+"\x00"))}, "Unknown"},
		{"encrypted, and an answer", udp, 9993, []msg{client(packetOf("\x3c", root, node, "\x18", data)), server(packetOf("\x4d", node, root, "\x18", data))}, "ZeroTier"},
		{"encrypted, one way", udp, 9993, []msg{client(packetOf("\x3c", root, node, "\x18", data)), client(packetOf("\x4d", root, node, "\x19", data))}, "ZeroTier"},
		{"encrypted, on another port", udp, 40000, []msg{client(packetOf("\x3c", root, node, "\x18", data)), client(packetOf("\x4d", root, node, "\x19", data))}, "Unknown"},
		{"other addresses in the next packet", udp, 9993, []msg{client(packetOf("\x3c", root, node, "\x18", data)), client(packetOf("\x4d", node, root, "\x18", data))}, "Unknown"},
		{"the same packet again", udp, 9993, []msg{client(packetOf("\x3c", root, node, "\x18", data)), client(packetOf("\x3c", root, node, "\x18", data))}, "Unknown"},
		{"a cipher that does not exist", udp, 9993, []msg{client(packetOf("\x3c", root, node, "\x38", data)), client(packetOf("\x4d", root, node, "\x38", data))}, "Unknown"},
	})
}
