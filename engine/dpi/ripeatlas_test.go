package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestRipeAtlas(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	checkConversations(t, []conversation{
		{"traceroute", udp, 33435, []msg{client("\x7a\x01\x00\x00\x00\x00\x00\x00http://atlas.ripe.net Atlas says Hi!")}, "RipeAtlas"},
		{"the address alone", udp, 33435, []msg{client("\x7a\x01\x00\x00\x00\x00\x00\x00http://atlas.ripe.net")}, "Unknown"},
	})
}
