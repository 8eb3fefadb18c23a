package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestSOCKS(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"version 5", tcp, 1080, []msg{client("\x05\x02\x00\x02"), server("\x05\x00")}, "SOCKS"},
		{"version 5, no method is acceptable", tcp, 9150, []msg{client("\x05\x01\x02"), server("\x05\xff")}, "SOCKS"},
		{"version 4", tcp, 1080, []msg{client("\x04\x01\x00\x50\xc0\x00\x02\x09user\x00"), server("\x00\x5a\x00\x50\xc0\x00\x02\x09")}, "SOCKS"},
		{"server of another version", tcp, 40000, []msg{client("\x05\x01\x00"), server("\x04\x00")}, "Unknown"},
		{"no methods", tcp, 40000, []msg{client("\x05\x00"), server("\x05\x00")}, "Unknown"},
		{"unassigned method", tcp, 40000, []msg{client("\x05\x01\x20"), server("\x05\x00")}, "Unknown"},
	})
}
