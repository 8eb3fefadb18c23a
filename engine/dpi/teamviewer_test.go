package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestTeamViewer(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a command over TCP", tcp, 5938, []msg{client("\x17$\x10\x04\x00\x00\x00\x00")}, "TeamViewer"},
		{"three packets on another port", tcp, 40000, []msg{client("\x17$\x10\x04\x00\x00\x00\x00"), server("\x17$\x11\x04\x00\x00\x00\x00"), client("\x17$\x10\x04\x00\x00\x00\x00")}, "TeamViewer"},
		{"a datagram", udp, 5938, []msg{client("\x00\x01\x02\x03\x04\x05\x06\x07\x08\t\n\x17$\n\x00\x00")}, "TeamViewer"},
		{"another magic", tcp, 5938, []msg{client("\x17%\x10\x04\x00\x00\x00\x00")}, "Unknown"},
	})
}
