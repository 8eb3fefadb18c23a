package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestProtobuf(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	one := "\x08\x96\x01\x12\x07testing\x1d\x01\x02\x03\x04\x21\x01\x02\x03\x04\x05\x06\x07\x08"
	checkConversations(t, []conversation{
		{"one message after the other", tcp, 40000, []msg{client(one), client(one)}, "Protobuf"},
		{"a field cut in two", tcp, 40000, []msg{client(one + one[:7]), client(one[7:])}, "Protobuf"},
		{"too few fields", tcp, 40000, []msg{client(one)}, "Unknown"},
		{"no text", tcp, 40000, []msg{client(strings.Repeat("\x08\x01\x15\x01\x02\x03\x04", 6))}, "Unknown"},
		{"a wire type that is none", tcp, 40000, []msg{client(one + "\x0f" + one)}, "Unknown"},
		{"field number 0", tcp, 40000, []msg{client(one + "\x00" + one)}, "Unknown"},
		{"nothing but text", tcp, 40000, []msg{client(strings.Repeat("h1", 30))}, "Unknown"},
	})
}

func TestProtobufCuts(t *testing.T) {
	t.Parallel()
	for n := range 40 { // every cut of a message is the start of one
		b := strings.Repeat("\x08\x96\x01\x12\x07testing", 4)[:n]
		if _, ok := protobufFields([]byte(b)); !ok {
			t.Errorf("%d bytes are not taken as fields", n)
		}
	}
}
