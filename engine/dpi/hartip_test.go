package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestHARTIP(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a session is initiated", udp, 5094, []msg{client("\x01\x00\x00\x00\x00\x01\x00\r\x01\x00\x00u0")}, "HART-IP"},
		{"a command is passed over TCP", tcp, 5094, []msg{client("\x01\x00\x03\x00\x00\x02\x00\r\x02\x80\x00\x00\x82")}, "HART-IP"},
		{"a version that does not exist", udp, 5094, []msg{client("\x07\x00\x00\x00\x00\x01\x00\r\x01\x00\x00u0")}, "Unknown"},
		{"on another port", udp, 40000, []msg{client("\x01\x00\x00\x00\x00\x01\x00\r\x01\x00\x00u0")}, "Unknown"},
	})
}
