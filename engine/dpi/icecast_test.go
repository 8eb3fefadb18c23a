package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestIcecast(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"a source", tcp, 8000, []msg{client("SOURCE /stream.ogg ICE/1.0\r\ncontent-type: application/ogg\r\n\r\n")}, "IceCast"},
		{"a source that speaks HTTP", tcp, 8000, []msg{client("SOURCE /stream.mp3 HTTP/1.0\r\nAuthorization: Basic c291cmNlOnB3\r\n\r\n")}, "IceCast"},
		{"a word of something else", tcp, 8000, []msg{client("SOURCE of all evil\r\n")}, "Unknown"},
	})
}
