package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestMPEGTS(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	checkConversations(t, []conversation{
		{"seven packets of a stream", udp, 40000, []msg{client("G\x01\x00\x10" + strings.Repeat("\xb7", 184) + "G\x01\x00\x10" + strings.Repeat("\xb7", 184) + "G\x01\x00\x10" + strings.Repeat("\xb7", 184) + "G\x01\x00\x10" + strings.Repeat("\xb7", 184) + "G\x01\x00\x10" + strings.Repeat("\xb7", 184) + "G\x01\x00\x10" + strings.Repeat("\xb7", 184) + "G\x01\x00\x10" + strings.Repeat("\xb7", 184))}, "MPEG_TS"},
		{"one packet a datagram", udp, 40000, []msg{client("G\x01\x00\x10" + strings.Repeat("\xb7", 184)), client("G\x01\x00\x11" + strings.Repeat("\xb7", 184)), client("G\x01\x00\x12" + strings.Repeat("\xb7", 184))}, "MPEG_TS"},
		{"a packet out of step", udp, 40000, []msg{client("G\x01\x00\x10" + strings.Repeat("\xb7", 184) + "H\x01\x00\x10" + strings.Repeat("\xb7", 184))}, "Unknown"},
		{"no whole packets", udp, 40000, []msg{client("G\x01\x00\x10" + strings.Repeat("\xb7", 184) + "G\x01\x00\x10" + strings.Repeat("\xb7", 184) + "G")}, "Unknown"},
		{"one packet alone", udp, 40000, []msg{client("G\x01\x00\x10" + strings.Repeat("\xb7", 184))}, "MPEG_TS"},
		{"one packet with an adaptation that is too long", udp, 40000, []msg{client("G\x01\x00\x20" + strings.Repeat("\xb8", 184))}, "Unknown"},
	})
}
