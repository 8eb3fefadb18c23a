package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestNX(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	checkConversations(t, []conversation{
		{"the greetings", tcp, 4000, []msg{server("NXSH-7.4.1\n"), client("NXSH-7.4.1\n")}, "NoMachine"},
		{"another greeting", tcp, 4000, []msg{server("NXT-7.4.1\n")}, "Unknown"},
		{"media", udp, 4011, []msg{client("\x21\x00\x01\x00\x0a\x00\x07\x00\x00\x00")}, "NoMachine"},
		{"media of another length", udp, 4011, []msg{client("\x21\x00\x01\x00\x0b\x00\x07\x00\x00\x00")}, "Unknown"},
	})
}
