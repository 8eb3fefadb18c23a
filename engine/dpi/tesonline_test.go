package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestTESOnline(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"the lobby", tcp, 24500, []msg{client("\x00\x00\x00\x0e\x00\x01\x00\x02\x00\x00\x00\x06\x124Vx\x9a\xbc")}, "TES_Online"},
		{"another port", tcp, 40000, []msg{client("\x00\x00\x00\x0e\x00\x01\x00\x02\x00\x00\x00\x06\x124Vx\x9a\xbc")}, "Unknown"},
		{"lengths that contradict each other", tcp, 24500, []msg{client("\x00\x00\x00\x0e\x00\x01\x00\x02\x00\x00\x00\t\x124Vx\x9a\xbc")}, "Unknown"},
	})
}
