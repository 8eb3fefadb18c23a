package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestHSRP(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	hsrp := "\x00\x00\x10\x03\x0a\x78\x01\x00cisco\x00\x00\x00\xc0\x00\x02\x01"
	checkConversations(t, []conversation{
		{"HSRP hello", udp, 1985, []msg{client(hsrp)}, "HSRP"},
		{"HSRP on another port", udp, 40000, []msg{client(hsrp)}, "Unknown"},
	})
}
