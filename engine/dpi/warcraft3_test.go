package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestWarcraft3(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	join := "\xf7\x1e\x2f\x00\x01\x00\x00\x00\x4d\x3a\x21\x00\x00\xe0\x17\x01\x00\x00\x00Alice\x00\x01\x00\x02\x00\x17\xe0\xc0\x00\x02\x01" +
		"\x00\x00\x00\x00\x00\x00\x00\x00"
	checkConversations(t, []conversation{
		{"request to join", tcp, 6113, []msg{client(join)}, "Warcraft3"},
		{"search for games on the network", udp, 6112, []msg{client("\xf7\x2f\x10\x003RAW\x1a\x00\x00\x00\x00\x00\x00\x00")}, "Warcraft3"},
		{"length beyond the datagram", udp, 6112, []msg{client("\xf7\x2f\x11\x003RAW\x1a\x00\x00\x00\x00\x00\x00\x00")}, "Unknown"},
		{"another message on another port", tcp, 40000, []msg{client("\xf7\x0c\x06\x00\x01\x02")}, "Unknown"},
	})
}
