package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestStarcraft(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"authentication", tcp, 1119, []msg{client("J\x00\x00\x00\nf\x02\n\xed-fx")}, "Starcraft"},
		{"another message", tcp, 1119, []msg{client("K\x00\x00\x00\nf\x02\n\xed-fx")}, "Unknown"},
	})
}
