package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestPathOfExile(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"a log-in", tcp, 20481, []msg{client("\x00\x03\x00\x00\x01\x124V")}, "PathofExile"},
		{"another message", tcp, 20481, []msg{client("\x00\t\x00\x00\x01\x124V")}, "Unknown"},
	})
}
