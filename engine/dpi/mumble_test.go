package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestMumble(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	const id = "\x03\xd7\x20\x00\xfa\x76\x28\x7e"
	ping := "\x00\x00\x00\x00" + id
	pong := "\x00\x01\x03\x04" + id + "\x00\x00\x00\x05\x00\x00\x00\x64\x00\x01\x19\x40"
	checkConversations(t, []conversation{
		{"ping of the server list and answer", udp, 64738, []msg{client(ping), server(pong)}, "Mumble"},
		{"two pings", udp, 40000, []msg{client(ping), client(ping), server(pong)}, "Mumble"},
		{"answer to another ping", udp, 64738, []msg{client("\x00\x00\x00\x00\x11\x22\x33\x44\x55\x66\x77\x88"), server(pong)}, "Unknown"},
		{"answer without a question", udp, 40000, []msg{server(pong)}, "Unknown"},
		{"no bandwidth", udp, 40000, []msg{client(ping), server(pong[:20] + "\x00\x00\x00\x00")}, "Unknown"},
	})
}
