package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestYojimbo(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	rest := "\x01\x02\x03\x04\x05\x06\x07\x08" + "\x10\x32\x54\x65\x00\x00\x00\x00" + strings.Repeat("\x9c", 24+1024)
	checkConversations(t, []conversation{
		{"connection request", udp, 40000, []msg{client("\x00NETCODE 1.02\x00" + rest)}, "Yojimbo"},
		{"request of version 1.01", udp, 40000, []msg{client("\x00NETCODE 1.01\x00" + rest[:1048])}, "Yojimbo"},
		{"a request that is too short", udp, 40000, []msg{client("\x00NETCODE 1.01\x00" + rest[:1047])}, "Unknown"},
		{"the text alone", udp, 40000, []msg{client("\x00NETCODE 1.02\x00")}, "Unknown"},
		{"no version", udp, 40000, []msg{client("\x00NETCODE 1.02 " + rest)}, "Unknown"},
	})
}
