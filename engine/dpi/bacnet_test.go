package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestBACnet(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	checkConversations(t, []conversation{
		{"who is there, to all", udp, 47808, []msg{client("\x81\x0b\x00\x0c\x01 \xff\xff\x00\xff\x10\x08")}, "BACnet"},
		{"I am, on another port", udp, 40000, []msg{client("\x81\n\x00\x14\x01\x00\x10\x00\xc4\x02\x00\x00\x0c\"\x01\xe0\x91\x03!\n")}, "BACnet"},
		{"a length that does not fit", udp, 47808, []msg{client("\x81\x0b\x00\r\x01 \xff\xff\x00\xff\x10\x08")}, "Unknown"},
	})
}
