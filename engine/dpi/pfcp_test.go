package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestPFCP(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a heartbeat", udp, 8805, []msg{client(" \x01\x00\x0c\x00\x00\x01\x00\x00`\x00\x04\xe8\xb5\xc0\x00"), server(" \x02\x00\x0c\x00\x00\x01\x00\x00`\x00\x04\xe8\xb5\xc0\x00")}, "PFCP"},
		{"a message that does not exist", udp, 8805, []msg{client(" c\x00\x0c\x00\x00\x01\x00\x00`\x00\x04\xe8\xb5\xc0\x00")}, "Unknown"},
		{"a length that does not fit", udp, 8805, []msg{client(" \x01\x00\x0c\x00\x00\x01\x00\x00`\x00\x04\xe8\xb5\xc0\x00\x00")}, "Unknown"},
		{"a heartbeat on another port", udp, 40000, []msg{client(" \x01\x00\x0c\x00\x00\x01\x00\x00`\x00\x04\xe8\xb5\xc0\x00")}, "PFCP"},
		{"an association on another port", udp, 40000, []msg{client(" \x05\x00\x15\x00\x00\x01\x00\x00<\x00\x05\x00\xc0\x00\x02\x01\x00`\x00\x04\xe8\xb5\xc0\x00")}, "PFCP"},
		{"an element that does not belong there", udp, 40000, []msg{client(" \x01\x00\x0c\x00\x00\x01\x00\x00a\x00\x04\xe8\xb5\xc0\x00")}, "Unknown"},
	})
}
