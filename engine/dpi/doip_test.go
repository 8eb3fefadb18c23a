package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestDoIP(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a vehicle is looked for", udp, 13400, []msg{client("\x02\xfd\x00\x01\x00\x00\x00\x00")}, "DoIP"},
		{"routing is activated", tcp, 13400, []msg{client("\x02\xfd\x00\x05\x00\x00\x00\x07\x0e\x00\x00\x00\x00\x00\x00")}, "DoIP"},
		{"a version without its complement", tcp, 13400, []msg{client("\x02\xfc\x00\x05\x00\x00\x00\x07\x0e\x00\x00\x00\x00\x00\x00")}, "Unknown"},
	})
}
