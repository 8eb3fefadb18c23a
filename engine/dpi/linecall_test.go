package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestLineCall(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a call is set up", udp, 40000, []msg{client("\xb6\x13\x00\x06\x124Vx\x124Vx\x124Vx\x124Vx\x124Vx\x124Vx")}, "LineCall"},
		{"another type", udp, 40000, []msg{client("\xb6\x13\x00\x07\x124Vx\x124Vx\x124Vx\x124Vx\x124Vx\x124Vx")}, "Unknown"},
	})
}
