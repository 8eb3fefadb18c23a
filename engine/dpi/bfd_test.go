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
		{"with a password", udp, 3784, []msg{client("\x20\xc4\x03\x21" + bfd[4:] + "\x01\x09\x01secret")}, "BFD"},
		{"with a password of another length", udp, 3784, []msg{client("\x20\xc4\x03\x21" + bfd[4:] + "\x01\x08\x01secret")}, "Unknown"},
		{"text", udp, 3784, []msg{client("  1 + 1 is 2, and that is all that there is")}, "Unknown"},
		{"nobody's discriminator", udp, 3784, []msg{client(bfd[:4] + "\x00\x00\x00\x00" + bfd[8:])}, "Unknown"},
		{"BFD on another port", udp, 40000, []msg{client(bfd)}, "Unknown"},
		{"BFD of version 2", udp, 3784, []msg{client("\x40" + bfd[1:])}, "Unknown"},
	})
}
