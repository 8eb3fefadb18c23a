package dpi

import (
	"strings"
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
		{"handshake in words", tcp, 9001, []msg{client(word), client(id), client("\x10\x00\x00\x00\x00\x00\x00\x00"), client("192.0.2.1:9001\x00\x00")}, "Raft"},
		{"a vote is asked for", tcp, 9001, []msg{client("\x03" + word[1:] + "\x28" + word[1:] + strings.Repeat(word, 5))}, "Raft"},
		{"the log grows", tcp, 9001, []msg{server(word + "\x40" + word[1:] + strings.Repeat(word, 8))}, "Raft"},
		{"the answer alone", tcp, 9001, []msg{client("\x02" + word[1:] + "\x18" + word[1:] + strings.Repeat(word, 3))}, "Raft"},
		{"a length that a vote has not", tcp, 9001, []msg{client("\x03" + word[1:] + "\x30" + word[1:] + strings.Repeat(word, 6))}, "Unknown"},
		{"a vote without a term", tcp, 9001, []msg{client("\x03" + word[1:] + "\x28" + word[1:] + strings.Repeat("\x00", 40))}, "Unknown"},
		{"a type that does not exist", tcp, 9001, []msg{client("\x07" + word[1:] + "\x28" + word[1:] + strings.Repeat(word, 5))}, "Unknown"},
		{"address that is no text", tcp, 9001, []msg{client(word + id + "\x08\x00\x00\x00\x00\x00\x00\x00" + "\x01\x02\x03\x04\x05\x06\x07\x08")}, "Unknown"},
		{"no id", tcp, 9001, []msg{client(word + "\x00\x00\x00\x00\x00\x00\x00\x00" + "\x08\x00\x00\x00\x00\x00\x00\x00" + "a:9001\x00\x00")}, "Unknown"},
	})
}
