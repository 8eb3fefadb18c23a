package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestTencentGames(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	frame := "\x33\x66\x00\x0b\x00\x0b\x10\x01\x00\x00\x00\x00\x00\x00\x00\x1c\x00\x00\x00\x2a"
	opening := "\x42\x15\xf7\x87\x03\xe9\x00\x00\x00\x08\x7a\x3b\x1c\x9d\x5e\x0f\x61\x24"
	answer := "\x42\x15\xf7\x87\x03\xea\x00\x00\x00\x08\x1c\x9d\x5e\x0f\x61\x24\x7a\x3b"
	checkConversations(t, []conversation{
		{"a frame", tcp, 8085, []msg{client(frame)}, "TencentGames"},
		{"a connection opens", tcp, 31003, []msg{client(opening), server(answer)}, "TencentGames"},
		{"the sides' magics differ", tcp, 31003, []msg{client(opening), server("\x43" + answer[1:])}, "Unknown"},
		{"version and length differ", tcp, 8085, []msg{client("\x33\x66\x00\x0b\x00\x0c" + frame[6:])}, "Unknown"},
	})
}
