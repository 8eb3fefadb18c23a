package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestMapleStory(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"the greeting of a login server", tcp, 8484, []msg{server("\x0e\x00S\x00\x01\x001Frz\nR0x\x12\x08")}, "MapleStory"},
		{"a greeting of another length", tcp, 8484, []msg{server("\x0e\x00S\x00\x01\x001Frz\nR0x\x12\x08\x00")}, "Unknown"},
	})
}
