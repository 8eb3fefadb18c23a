package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestGESRTP(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"initialisation", tcp, 18245, []msg{client(strings.Repeat("\x00", 56)), server("\x01" + strings.Repeat("\x00", 55))}, "GE_SRTP"},
		{"text on the port", tcp, 18245, []msg{client("GE?" + strings.Repeat(" ", 60))}, "Unknown"},
		{"zeros on another port", tcp, 40000, []msg{client(strings.Repeat("\x00", 56))}, "Unknown"},
	})
}
