package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestOICQ(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	keepAlive := "\x02\x30\x18\x00\x58\x1d\x1c\x1f\x2e\x3d\x4c\x02\x00\x00\x00\x01\x01\x01\x00\x00\x68\x20\x9a\x51\x0e\x77\x03"
	checkConversations(t, []conversation{
		{"keep-alive", udp, 8000, []msg{client(keepAlive)}, "OICQ"},
		{"the usual version on another port", udp, 40000, []msg{client("\x02\x3b\x0b\x00\x62\x12\x34\x0a\x0b\x0c\x0d\x68\x20\x9a\x51\x0e\x77")}, "OICQ"},
		{"a command that is not documented", udp, 40000, []msg{client("\x02\x3b\x0b\x01\x62\x12\x34\x0a\x0b\x0c\x0d\x68\x20\x9a\x51\x0e\x77")}, "Unknown"},
		{"on another port", udp, 40000, []msg{client(keepAlive)}, "Unknown"},
	})
}
