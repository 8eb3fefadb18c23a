package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestMonero(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	const signature = "\x01\x21\x01\x01\x01\x01\x01\x01"
	handshake := "\x0c\x00\x00\x00\x00\x00\x00\x00\x01\xe9\x03\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x01\x00\x00\x00" +
		"\x01\x11\x01\x01\x01\x01\x02\x01\x01\x00\x00\x00"
	checkConversations(t, []conversation{
		{"handshake", tcp, 18080, []msg{client(signature + handshake)}, "Monero"},
		{"handshake on another port", tcp, 40000, []msg{client(signature + handshake)}, "Monero"},
		{"length beyond reason", tcp, 18080, []msg{client(signature + "\x0c\x00\x00\x00\x01" + handshake[5:])}, "Unknown"},
	})
}
