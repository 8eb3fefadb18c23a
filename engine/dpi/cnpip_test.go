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
		{"a device is registered", udp, 1629, []msg{client("\x00\x15\x01\x03" + data[4:20] + "\x00")}, "CNP-IP"},
		{"an acknowledgement", udp, 1628, []msg{client("\x00\x15\x01\x07" + data[4:20] + "\x00")}, "CNP-IP"},
		{"an unassigned type", udp, 1628, []msg{client("\x00\x15\x01\x02" + data[4:20] + "\x00")}, "Unknown"},
		{"an unassigned protocol", udp, 1628, []msg{client(data[:5] + "\x03" + data[6:])}, "Unknown"},
		{"once on another port", udp, 40000, []msg{client(data)}, "Unknown"},
		{"a session on another port", udp, 40000, []msg{client(data), client(data[:15] + "\x08" + data[16:])}, "CNP-IP"},
		{"two sessions on another port", udp, 40000, []msg{client(data), client(data[:11] + "\x02" + data[12:])}, "Unknown"},
	})
}
