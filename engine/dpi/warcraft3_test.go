package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestWarcraft3(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	join := "\xf7\x1e\x2b\x00\x01\x00\x00\x00\x4d\x3a\x21\x00\x00\xe0\x17\x01\x00\x00\x00Alice\x00\x01\x00\x02\x00\x17\xe0\xc0\x00\x02\x01" +
		"\x00\x00\x00\x00\x00\x00\x00\x00"
	versions := "\xff\x50\x3a\x00\x00\x00\x00\x0068XIPX3W\x1a\x00\x00\x00SUne" + strings.Repeat("\x00", 34)
	checkConversations(t, []conversation{
		{"request to join", tcp, 6113, []msg{client(join)}, "Warcraft3"},
		{"search for games on the network", udp, 6112, []msg{client("\xf7\x2f\x10\x003RAW\x1a\x00\x00\x00\x00\x00\x00\x00")}, "Warcraft3"},
		{"length beyond the datagram", udp, 6112, []msg{client("\xf7\x2f\x11\x003RAW\x1a\x00\x00\x00\x00\x00\x00\x00")}, "Unknown"},
		{"another message on another port", tcp, 40000, []msg{client("\xf7\x0c\x06\x00\x01\x02")}, "Unknown"},
		{"a few messages on another port", tcp, 40000, []msg{server("\xf7\x0c\x06\x00\x64\x00"), client("\xf7\x27\x09\x00\x00\x11\x22\x33\x44"), server("\xf7\x0c\x06\x00\x64\x00")}, "Warcraft3"},
		{"a message, then something else", tcp, 40000, []msg{server("\xf7\x0c\x06\x00\x64\x00"), client("\xf7\x27\x09\x00\x00\x11\x22\x33\x44"), server("\xf6\x0c\x06\x00\x64\x00")}, "Unknown"},
		{"Battle.net", tcp, 6112, []msg{client("\x01"), client(versions)}, "Warcraft3"},
		{"Battle.net with another game", tcp, 6112, []msg{client("\x01"), client(versions[:12] + "PXES" + versions[16:])}, "Unknown"},
	})
}
