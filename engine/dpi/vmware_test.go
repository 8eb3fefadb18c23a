package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestVMware(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	heartbeat := "\xa4\x00\x00\x00\x44\x00\x00\x00" + strings.Repeat("\x5a", 92)
	checkConversations(t, []conversation{
		{"host's heartbeat", udp, 902, []msg{client(heartbeat)}, "VMware"},
		{"heartbeat to the console's port", udp, 903, []msg{client(heartbeat)}, "VMware"},
		{"another port", udp, 40000, []msg{client(heartbeat)}, "Unknown"},
		{"too short", udp, 902, []msg{client(heartbeat[:60])}, "Unknown"},
		{"other bytes", udp, 902, []msg{client("\xa5" + heartbeat[1:])}, "Unknown"},
	})
}
