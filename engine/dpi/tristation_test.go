package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestTriStation(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	checkConversations(t, []conversation{
		{"connection and execution command", udp, 1502, []msg{client("\x01\x00\x00\x00\x50\x10"), client("\x05\x00\x0a\x00\x00\x00\x13\x01\x00\x0a\x00\x6d\x01\x00\x9a\x3c")}, "TriStation"},
		{"another length", udp, 1502, []msg{client("\x05\x00\x0b\x00\x00\x00\x13\x01\x00\x0a\x00\x6d\x01\x00\x9a\x3c")}, "Unknown"},
		{"on another port", udp, 40000, []msg{client("\x05\x00\x0a\x00\x00\x00\x13\x01\x00\x0a\x00\x6d\x01\x00\x9a\x3c")}, "Unknown"},
	})
}
