package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestCrestron(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	checkConversations(t, []conversation{
		{"discovery over UDP", udp, 41794, []msg{client("\x14\x00\x00\x00\x01\x04\x00\x03\x00\x00feedback\x00\x00")}, "Crestron"},
		{"the answer", udp, 41794, []msg{server("\x15\x00\x00\x00\x01\x04\x00\x03\x00\x00CP3\x00CP3 Cntrl Eng [v1.501]")}, "Crestron"},
		{"another first byte and zeros", udp, 41794, []msg{client("\x14\x00\x00\x01\x00\x00\x00\x00\x00\x00")}, "Unknown"},
		{"a join over TCP", tcp, 41794, []msg{client("\x05\x00\x05\x00\x00\x02\x00\x01")}, "Crestron"},
		{"a length that does not fit", tcp, 41794, []msg{client("\x05\x00\t\x00\x00\x02\x00\x01")}, "Unknown"},
		{"on another port", udp, 40000, []msg{client("\x14\x00\x00\x00\x01\x04\x00\x03\x00\x00feedback\x00\x00")}, "Unknown"},
	})
}
