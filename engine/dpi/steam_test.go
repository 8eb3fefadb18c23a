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
		{"a list of game servers", udp, 27011, []msg{client("1\xff0.0.0.0:0\x00\\gamedir\\cstrike\x00")}, "Steam"},
		{"the list goes on", udp, 27011, []msg{client("1\x03192.0.2.17:27015\x00\x00")}, "Steam"},
		{"a list in another region", udp, 27011, []msg{client("1\x090.0.0.0:0\x00\x00")}, "Unknown"},
		{"a list from no address", udp, 27011, []msg{client("1\xff0.0.a.0:0\x00\x00")}, "Unknown"},
		{"an old exchange", udp, 27000, []msg{client("\x39\x18\x00\x00"), server("\x3a\x18\x00\x00\x00\x00\x00\x00")}, "Steam"},
		{"half of the old exchange", udp, 27000, []msg{client("\x39\x18\x00\x00")}, "Unknown"},
		{"a content server", tcp, 27030, []msg{client("\x00\x00\x00\x07"), server("\x01")}, "Steam"},
		{"the same on another port", tcp, 40000, []msg{client("\x00\x00\x00\x07"), server("\x01")}, "Unknown"},
		{"a content server that does not want", tcp, 27030, []msg{client("\x00\x00\x00\x07"), server("\x00")}, "Unknown"},
	})
}
