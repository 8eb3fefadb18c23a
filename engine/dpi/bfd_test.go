package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestBFD(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	bfd := "\x20\xc0\x03\x18\x00\x00\x00\x01\x00\x00\x00\x02\x00\x0f\x42\x40\x00\x0f\x42\x40\x00\x00\x00\x00"
	checkConversations(t, []conversation{
		{"BFD control", udp, 3784, []msg{client(bfd)}, "BFD"},
		{"version 0", udp, 3784, []msg{client("\x00\x48" + bfd[2:])}, "BFD"},
		{"over several hops", udp, 4784, []msg{client(bfd)}, "BFD"},
		{"over a link of an aggregate", udp, 6784, []msg{client(bfd)}, "BFD"},
		{"seamless", udp, 7784, []msg{server(bfd)}, "BFD"},
		{"nobody's discriminator", udp, 3784, []msg{client(bfd[:4] + "\x00\x00\x00\x00" + bfd[8:])}, "Unknown"},
		{"BFD on another port", udp, 40000, []msg{client(bfd)}, "Unknown"},
		{"BFD of version 2", udp, 3784, []msg{client("\x40" + bfd[1:])}, "Unknown"},
	})
}
