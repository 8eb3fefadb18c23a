package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestC37118(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a command, and data", tcp, 4712, []msg{client("\xaaA\x00\x12\x00\x07eS\xf1\x00\x00\x00\x00\x00\x00\x02\x124"), server("\xaa\x01\x00\x14\x00\x07eS\xf1\x00\x00\x00\x00\x00\x00\x009\x1b\x124")}, "IEEE-C37118"},
		{"data over UDP", udp, 4713, []msg{server("\xaa\x01\x00\x14\x00\x07eS\xf1\x00\x00\x00\x00\x00\x00\x009\x1b\x124")}, "IEEE-C37118"},
		{"a frame that does not exist", tcp, 4712, []msg{client("\xaaa\x00\x12\x00\x07eS\xf1\x00\x00\x00\x00\x00\x00\x02\x124")}, "Unknown"},
		{"a command on another port", tcp, 40000, []msg{client("\xaa\x41\x00\x12\x00\xf1\x5f\x5e\x10\x00\x00\x00\x00\x00\x00\x05\x25\x09")}, "IEEE-C37118"},
		{"a checksum that does not fit on another port", tcp, 40000, []msg{client("\xaaA\x00\x12\x00\x07eS\xf1\x00\x00\x00\x00\x00\x00\x02\x124")}, "Unknown"},
	})
}
