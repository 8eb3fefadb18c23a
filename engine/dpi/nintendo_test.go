package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestNintendo(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a packet of the peer-to-peer library", udp, 40000, []msg{client("2\xab\x98d\x01\x00\x00\x05\x124Vx\x124Vx\x124Vx\x124Vx\x124Vx\x124Vx")}, "Nintendo"},
		{"another magic", udp, 40000, []msg{client("2\xab\x98e\x01\x00\x00\x05\x124Vx\x124Vx\x124Vx\x124Vx\x124Vx\x124Vx")}, "Unknown"},
	})
}
