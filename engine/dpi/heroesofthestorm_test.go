package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestHeroesOfTheStorm(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a datagram of a match", udp, 1119, []msg{client("\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00@\x00\x01\x02\x03\x04\x05\x06")}, "Heroes_of_the_Storm"},
		{"another opcode", udp, 1119, []msg{client("\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00A\x00\x01\x02\x03\x04\x05\x06")}, "Unknown"},
		{"to another port", udp, 40000, []msg{client("\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00@\x00\x01\x02\x03\x04\x05\x06")}, "Unknown"},
		{"a datagram of the client", udp, 3724, []msg{client("\xe6\x5d\x34\x00\x97\x27\x14\xf7\x3f\x95\xaa\xe0\x3e\x36@\x00\x01\x02\x03\x04\x05\x06")}, "Heroes_of_the_Storm"},
	})
}
