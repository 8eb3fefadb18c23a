package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestRouting(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	marker := strings.Repeat("\xff", 16)
	bfd := "\x20\xc0\x03\x18\x00\x00\x00\x01\x00\x00\x00\x02\x00\x0f\x42\x40\x00\x0f\x42\x40\x00\x00\x00\x00"
	hello := "\x00\x01\x00\x1e\xc0\x00\x02\x01\x00\x00\x01\x00\x00\x14\x00\x00\x00\x00\x04\x00\x00\x04\x00\x0f\x00\x00\x04\x01\x00\x04\xc0\x00\x02\x01"
	hsrp := "\x00\x00\x10\x03\x0a\x78\x01\x00cisco\x00\x00\x00\xc0\x00\x02\x01"
	checkConversations(t, []conversation{
		{"BGP keepalive", tcp, 179, []msg{client(marker + "\x00\x13\x04")}, "BGP"},
		{"BGP open, of the server only", tcp, 40000, []msg{server(marker + "\x00\x1d\x01\x04\xfd\xe8\x00\xb4\xc0\x00\x02\x01\x00")}, "BGP"},
		{"BGP of an unknown type", tcp, 40000, []msg{client(marker + "\x00\x13\x09")}, "Unknown"},
		{"BGP shorter than its header", tcp, 40000, []msg{client(marker + "\x00\x12\x04")}, "Unknown"},
		{"BFD control", udp, 3784, []msg{client(bfd)}, "BFD"},
		{"BFD on another port", udp, 40000, []msg{client(bfd)}, "Unknown"},
		{"BFD of version 2", udp, 3784, []msg{client("\x40" + bfd[1:])}, "Unknown"},
		{"LDP hello", udp, 646, []msg{client(hello)}, "LDP"},
		{"LDP of version 2", udp, 646, []msg{client("\x00\x02" + hello[2:])}, "Unknown"},
		{"HSRP hello", udp, 1985, []msg{client(hsrp)}, "HSRP"},
		{"HSRP on another port", udp, 40000, []msg{client(hsrp)}, "Unknown"},
	})
}
