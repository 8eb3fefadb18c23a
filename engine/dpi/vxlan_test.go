package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestVXLAN(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a frame that cannot be decoded", udp, 4789, []msg{client("\x08\x00\x00\x00\x00\x00*\x00\x02\x00\x00\x00\x00\x01\x02\x00\x00\x00\x00\x02\x88\xb5payload")}, "VXLAN"},
		{"no network identifier", udp, 4789, []msg{client("\x00\x00\x00\x00\x00\x00*\x00\x02\x00\x00\x00\x00\x01\x02\x00\x00\x00\x00\x02\x88\xb5payload")}, "Unknown"},
	})
}
