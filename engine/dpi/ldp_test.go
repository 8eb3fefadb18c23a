package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestLDP(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	hello := "\x00\x01\x00\x1e\xc0\x00\x02\x01\x00\x00\x01\x00\x00\x14\x00\x00\x00\x00\x04\x00\x00\x04\x00\x0f\x00\x00\x04\x01\x00\x04\xc0\x00\x02\x01"
	checkConversations(t, []conversation{
		{"LDP hello", udp, 646, []msg{client(hello)}, "LDP"},
		{"LDP of version 2", udp, 646, []msg{client("\x00\x02" + hello[2:])}, "Unknown"},
	})
}
