package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestS7Comm(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"communication is set up", tcp, 102, []msg{client("\x03\x00\x00\x19\x02\xf0\x802\x01\x00\x00\x04\x00\x00\x08\x00\x00\xf0\x00\x00\x01\x00\x01\x01\xe0")}, "S7Comm"},
		{"another protocol over the same transport", tcp, 102, []msg{client("\x03\x00\x00\x19\x02\xf0\x80\r\x01\x00\x00\x04\x00\x00\x08\x00\x00\xf0\x00\x00\x01\x00\x01\x01\xe0")}, "Unknown"},
	})
}
