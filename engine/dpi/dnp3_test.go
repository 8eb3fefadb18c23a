package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestDNP3(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"a master asks, an outstation answers", tcp, 20000, []msg{client("\x05d\x08\xc4\x01\x00\x00\x04\x124\xc0\xc1\x01Vx"), server("\x05d\x08D\x01\x00\x00\x04\x124\xc0\xc1\x01Vx")}, "DNP3"},
		{"on another port", tcp, 40000, []msg{client("\x05d\x08\xc4\x01\x00\x00\x04\x124\xc0\xc1\x01Vx")}, "DNP3"},
		{"a length below the least", tcp, 20000, []msg{client("\x05d\x04\xc4\x01\x00\x00\x04\x124\xc0\xc1\x01Vx")}, "Unknown"},
	})
}
