package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestMikroTik(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a router announces itself", udp, 5678, []msg{client("\x00\x00\x00\x00\x00\x01\x00\x06L^\x0c\x124V\x00\x05\x00\x08MikroTik\x00\x07\x00\x046.49")}, "MikroTik"},
		{"a value beyond the end", udp, 5678, []msg{client("\x00\x00\x00\x00\x00\x01\x00\x06L^\x0c\x124V\x00\x05\x00dMikro")}, "Unknown"},
		{"on another port", udp, 40000, []msg{client("\x00\x00\x00\x00\x00\x05\x00\x08MikroTik")}, "Unknown"},
	})
}
