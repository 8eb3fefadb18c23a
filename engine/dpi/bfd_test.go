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
		{"BFD on another port", udp, 40000, []msg{client(bfd)}, "Unknown"},
		{"BFD of version 2", udp, 3784, []msg{client("\x40" + bfd[1:])}, "Unknown"},
	})
}
