package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestUbiquiti(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	checkConversations(t, []conversation{
		{"devices are looked for", udp, 10001, []msg{client("\x01\x00\x00\x00")}, "UBNTAC2"},
		{"a device answers", udp, 10001, []msg{server("\x01\x00\x00\r\x01\x00\x06\x04\x18\xd6\x124V\x0b\x00\x01U")}, "UBNTAC2"},
		{"a length that does not fit", udp, 10001, []msg{client("\x01\x00\x00\x05")}, "Unknown"},
		{"on another port", udp, 40000, []msg{client("\x01\x00\x00\x00")}, "Unknown"},
	})
}
