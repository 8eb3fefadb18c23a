package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestMinecraft(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"a client asks for the status", tcp, 25565, []msg{client("\x17\x00\xfd\x05\x10play.example.netc\xdd\x01\x01\x00")}, "Minecraft"},
		{"a log-in on another port", tcp, 40000, []msg{client("\x17\x00\xfd\x05\x10play.example.net\x9c@\x02")}, "Minecraft"},
		{"a next state that does not exist", tcp, 40000, []msg{client("\x17\x00\xfd\x05\x10play.example.net\x9c@\x07")}, "Unknown"},
	})
}
