package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestVNC(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"the versions are exchanged", tcp, 5900, []msg{server("RFB 003.008\n"), client("RFB 003.008\n")}, "VNC"},
		{"the same on another port", tcp, 40000, []msg{server("RFB 003.889\n")}, "VNC"},
		{"another version text", tcp, 5900, []msg{server("RFB 00x-008\n")}, "Unknown"},
	})
}
