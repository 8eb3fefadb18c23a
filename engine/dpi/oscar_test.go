package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestOSCAR(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"a new connection", tcp, 5190, []msg{server("*\x01\x00\x01\x00\x04\x00\x00\x00\x01"), client("*\x01\x00\x01\x00\x04\x00\x00\x00\x01")}, "OSCAR"},
		{"a subtype that does not exist", tcp, 5190, []msg{server("*\x07\x00\x01\x00\x04\x00\x00\x00\x01")}, "Unknown"},
	})
}
