package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestGLBP(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	head := "\x01\x00\x00\x0a\x00\x00\xc2\x00\x68\x65\x00\x00"
	hello := "\x01\x1c\x00\x20\x00\x64\x00\x00\x00\x00\x0b\xb8\x00\x00\x27\x10\x00\x00\x00\x00\x01\x04\xc0\x00\x02\x01\x00\x00"
	request := "\x02\x14\x01\x20\x00\xff\x00\x00" + strings.Repeat("\x00", 6) + "\x07\xb4\x00\x0a\x01\x01"
	checkConversations(t, []conversation{
		{"hello and request", udp, 3222, []msg{client(head + hello + request)}, "GLBP"},
		{"on another port", udp, 40000, []msg{client(head + hello)}, "Unknown"},
		{"value beyond the end", udp, 3222, []msg{client(head + "\x01\x1c\x00\x20")}, "Unknown"},
	})
}
