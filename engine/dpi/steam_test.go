package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestSteam(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	checkConversations(t, []conversation{
		{"the framing over TCP", tcp, 27017, []msg{server("\x18\x00\x00\x00VT01\x17\x05\x00\x00\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01\x00\x00\x00")}, "Steam"},
		{"a datagram of the same", udp, 27018, []msg{client("VS01\x00\x00\x01\x04" + strings.Repeat("\x00", 28))}, "Steam"},
		{"streaming at home is looked for", udp, 27036, []msg{client("\xff\xff\xff\xff!L_\xa0\x05\x00\x00\x00\x08\x01\x10\x02\x00")}, "Steam"},
		{"another word", tcp, 40000, []msg{server("\x18\x00\x00\x00VT02\x17\x05\x00\x00\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff")}, "Unknown"},
	})
}
