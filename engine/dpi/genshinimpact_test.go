package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestGenshinImpact(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a client connects", udp, 22101, []msg{client("\x00\x00\x00\xff\x00\x00\x00\x00\x00\x00\x00\x00\x49\x96\x02\xd2\xff\xff\xff\xff")}, "GenshinImpact"},
		{"a server accepts", udp, 22101, []msg{server("\x00\x00\x01\x45\x00\x01\x2a\x3b\x4c\x5d\x6e\x7f\x49\x96\x02\xd2\x14\x51\x45\x45")}, "GenshinImpact"},
		{"the magic of another kind", udp, 22101, []msg{client("\x00\x00\x00\xff\x00\x00\x00\x00\x00\x00\x00\x00\x49\x96\x02\xd2\x14\x51\x45\x45")}, "Unknown"},
	})
}
