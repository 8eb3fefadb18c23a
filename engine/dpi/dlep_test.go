package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestDLEP(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	peer := "\x00\x04\x00\x06\x00radio" // Peer Type
	checkConversations(t, []conversation{
		{"peer discovery and offer", udp, 854, []msg{client("DLEP\x00\x01\x00\x00"), server("DLEP\x00\x02\x00\x0a" + peer)}, "DLEP"},
		{"session initialisation", tcp, 854, []msg{client("\x00\x01\x00\x12\x00\x05\x00\x04\x00\x00\xea\x60" + peer)}, "DLEP"},
		{"a destination of a session under way", tcp, 854, []msg{server("\x00\x07\x00\x0a\x00\x07\x00\x06\x02\x00\x5e\x10\x00\x01")}, "DLEP"},
		{"heartbeats", tcp, 854, []msg{client("\x00\x10\x00\x00"), server("\x00\x10\x00\x00")}, "DLEP"},
		{"another empty message", tcp, 854, []msg{client("\x00\x09\x00\x00")}, "Unknown"},
		{"an unassigned message", tcp, 854, []msg{client("\x00\x11\x00\x0a" + peer)}, "Unknown"},
		{"items beyond the signal", udp, 854, []msg{client("DLEP\x00\x02\x00\x04\x00\x04\x00\x06")}, "Unknown"},
		{"session initialisation elsewhere", tcp, 40000, []msg{client("\x00\x01\x00\x0a" + peer)}, "Unknown"},
	})
}
