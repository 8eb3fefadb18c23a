package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestCiscoSkinny(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"a phone registers", tcp, 2000, []msg{client("\x18\x00\x00\x00\x12\x00\x00\x00\x01\x00\x00\x00SEP001122334455\x00\x00\x00\x00\x00")}, "CiscoSkinny"},
		{"an unlikely length", tcp, 2000, []msg{client("\x00\x00\x01\x00\x00\x00\x00\x00\x01\x00\x00\x00SEP001122334455\x00")}, "Unknown"},
		{"on another port", tcp, 40000, []msg{client("\x18\x00\x00\x00\x12\x00\x00\x00\x01\x00\x00\x00SEP001122334455\x00\x00\x00\x00\x00")}, "Unknown"},
	})
}
