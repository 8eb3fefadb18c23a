package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestRipeAtlas(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	checkConversations(t, []conversation{
		{"traceroute", udp, 33435, []msg{client("\x7a\x01\x00\x00\x00\x00\x00\x00http://atlas.ripe.net Atlas says Hi!")}, "RipeAtlas"},
		{"the address alone", udp, 33435, []msg{client("\x7a\x01\x00\x00\x00\x00\x00\x00http://atlas.ripe.net")}, "Unknown"},
		{"Magellan", udp, 53, []msg{client("MGLNDD_192.0.2.117_53\n")}, "RipeAtlas"},
		{"Magellan without a line end", udp, 8080, []msg{client("MGLNDD_192.0.2.1_8080")}, "RipeAtlas"},
		{"Magellan over TCP", tcp, 8080, []msg{client("MGLNDD_192.0.2.1_8080\n")}, "RipeAtlas"},
		{"Magellan's name alone", udp, 8080, []msg{client("MGLNDD_hello")}, "Unknown"},
		{"Magellan's name before noise", udp, 8080, []msg{client("MGLNDD_\x01_\x02")}, "Unknown"},
	})
}
