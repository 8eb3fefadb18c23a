package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestTeredo(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	bubble := "\x60\x00\x00\x00\x00\x00\x3b\x15\x20\x01\x00\x00" + strings.Repeat("\x12", 12) + "\x20\x01\x00\x00" + strings.Repeat("\x34", 12)
	checkConversations(t, []conversation{
		{"a router solicitation behind authentication", udp, 3544, []msg{client("\x00\x01\x04\x00user\x124Vx\x9a\xbc\xde\xf0\x00`\x00\x00\x00\x00\x08:\xff\xfe\x80\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01\xff\x02\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x85\x00}8\x00\x00\x00\x00")}, "Teredo"},
		{"other bytes", udp, 3544, []msg{client("E\x00\x00 " + strings.Repeat("\x12", 40))}, "Unknown"},
		{"a bubble", udp, 3544, []msg{client(bubble)}, "Teredo"},
		{"an origin in front", udp, 3544, []msg{server("\x00\x00\x3c\xb7\x3f\xff\xfd\xfe" + bubble)}, "Teredo"},
		{"a nonce behind", udp, 3544, []msg{client(bubble + "\x01\x04\x12\x34\x56\x78")}, "Teredo"},
		{"something else behind", udp, 3544, []msg{client(bubble + "\x00\x04\x12\x34\x56\x78")}, "Unknown"},
		{"text", udp, 3544, []msg{client("`" + strings.Repeat("text", 15))}, "Unknown"},
		{"a bubble between peers", udp, 50123, []msg{client(bubble)}, "Teredo"},
		{"a packet of another length between peers", udp, 50123, []msg{client(bubble + "\x00\x00")}, "Unknown"},
		{"other addresses between peers", udp, 50123, []msg{client(strings.ReplaceAll(bubble, "\x20\x01\x00\x00", "\x20\x01\x0d\xb8"))}, "Unknown"},
	})
}
