package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestNATPMP(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	checkConversations(t, []conversation{
		{"the external address is asked for", udp, 5351, []msg{client("\x00\x00"), server("\x00\x80\x00\x00\x00\x00\x0e\x10\xc63d\x07")}, "NAT-PMP"},
		{"a mapping by PCP", udp, 5351, []msg{client("\x02\x01\x00\x00\x00\x00\x1c \x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\xff\xff\xc0\xa8\x00\x02\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x06\x00\x00\x00\x1f\x90\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00")}, "NAT-PMP"},
		{"an operation that does not exist", udp, 5351, []msg{client("\x00\t")}, "Unknown"},
		{"on another port", udp, 40000, []msg{client("\x00\x00")}, "Unknown"},
	})
}
