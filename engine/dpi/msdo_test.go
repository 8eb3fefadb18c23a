package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestMSDO(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	rest := "\x00\x00\x00\x00\x00\x10\x00\x00" + strings.Repeat("\x3c", 32) + strings.Repeat("\x7a", 20)
	checkConversations(t, []conversation{
		{"handshake", tcp, 7680, []msg{client("\x0eSwarm protocol" + rest)}, "MSDO"},
		{"another name", tcp, 7680, []msg{client("\x0eStorm protocol" + rest)}, "Unknown"},
	})
}
