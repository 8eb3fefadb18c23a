package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestCoDMobile(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a ping to a game server", udp, 7550, []msg{client("\x00\x00\x00\x01\x00\x00\x00\x02ping")}, "CoD_Mobile"},
		{"a ping to another port", udp, 40000, []msg{client("\x00\x00\x00\x01\x00\x00\x00\x02ping")}, "Unknown"},
		{"a pong", udp, 7550, []msg{client("\x00\x00\x00\x01\x00\x00\x00\x02pong")}, "Unknown"},
	})
}
