package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestEtherSBus(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	checkConversations(t, []conversation{
		{"registers are read", udp, 5050, []msg{client("\x00\x00\x00\x0f\x01\x00\x00\x07\x00\n\x06\x00\x00\x124")}, "Ether-S-Bus"},
		{"a length that does not fit", udp, 5050, []msg{client("\x00\x00\x00\x19\x01\x00\x00\x07\x00\n\x06\x00\x00\x124")}, "Unknown"},
	})
}
