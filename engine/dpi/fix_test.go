package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestFIX(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"a log-on", tcp, 40000, []msg{client("8=FIX.4.2\x019=65\x0135=A\x0149=BUYER\x0156=BROKER\x0134=1\x0198=0\x01108=30\x0110=062\x01")}, "FIX"},
		{"another tag-value text", tcp, 40000, []msg{client("8=ball in the corner pocket")}, "Unknown"},
	})
}
