package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestCNPIP(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	data := "\x00\x1f\x01\x01\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x07\x12\x34\x56\x78" + "\x01\x09\x02\x81\x01\x81\x02\x42\x00\x10\x20"
	checkConversations(t, []conversation{
		{"a data packet", udp, 1628, []msg{client(data)}, "CNP-IP"},
		{"a device's registration", udp, 1629, []msg{client("\x00\x16\x01\x71\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x01\x00\x00\x00\x00\x00\x01")}, "CNP-IP"},
		{"another length", udp, 1628, []msg{client("\x00\x20" + data[2:])}, "Unknown"},
		{"on another port", udp, 40000, []msg{client(data)}, "Unknown"},
	})
}
