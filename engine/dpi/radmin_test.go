package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestRadmin(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"a connection begins", tcp, 4899, []msg{client("\x01\x00\x00\x00\x01\x00\x00\x00\x08\x08")}, "Radmin"},
		{"other bytes", tcp, 4899, []msg{client("\x01\x00\x00\x00\x02\x00\x00\x00\x08\x08")}, "Unknown"},
	})
}
