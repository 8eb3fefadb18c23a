package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestPTP(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a delay request", udp, 319, []msg{client("\x01\x02\x00,\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x1b\x19\xff\xfe\x00\x00\x01\x00\x01\x00\x07\x01\x7f\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00")}, "PTPv2"},
		{"version 1", udp, 319, []msg{client("\x01\x01\x00," + strings.Repeat("\x00", 40))}, "Unknown"},
	})
}
