package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestS7CommPlus(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"a session is created", tcp, 102, []msg{client("\x03\x00\x00\x19\x02\xf0\x80r\x01\x00\x0c1\x00\x00\x04\xca\x00\x00\x00\x01\x00\x00\x01 6")}, "S7CommPlus"},
	})
}
