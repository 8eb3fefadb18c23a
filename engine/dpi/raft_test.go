package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestRaft(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	const word = "\x01\x00\x00\x00\x00\x00\x00\x00"
	id := "\x2a\x3b\x4c\x5d\x00\x00\x00\x00"
	checkConversations(t, []conversation{
		{"handshake", tcp, 9001, []msg{client(word + id + "\x10\x00\x00\x00\x00\x00\x00\x00" + "192.0.2.1:9001\x00\x00")}, "Raft"},
		{"address that is no text", tcp, 9001, []msg{client(word + id + "\x08\x00\x00\x00\x00\x00\x00\x00" + "\x01\x02\x03\x04\x05\x06\x07\x08")}, "Unknown"},
		{"no id", tcp, 9001, []msg{client(word + "\x00\x00\x00\x00\x00\x00\x00\x00" + "\x08\x00\x00\x00\x00\x00\x00\x00" + "a:9001\x00\x00")}, "Unknown"},
	})
}
