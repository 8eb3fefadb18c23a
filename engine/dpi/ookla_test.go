package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestOokla(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"greeting", tcp, 8080, []msg{client("HI\n"), server("HELLO 2.9 (2.9.5) 2023-05-08.1717.7b1e2f9\n")}, "Ookla"},
		{"greeting with the test's id", tcp, 5060, []msg{client("HI 0c3f7a52-2f1c-4a0e-9f57-3d3f1b2c4d5e\n"), server("HELLO 2.9 (2.9.5) 2023-05-08.1717.7b1e2f9\n")}, "Ookla"},
		{"people's greeting", tcp, 8080, []msg{client("HI\n"), server("HELLO there\n")}, "Unknown"},
	})
}
