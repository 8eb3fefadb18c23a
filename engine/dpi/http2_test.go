package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestHTTP2(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"the preface of a client", tcp, 8080, []msg{client("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x12\x04\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00d\x00\x03\x00\x00\x00d\x00\x03\x00\x00\x00d")}, "HTTP2"},
		{"the settings of a server", tcp, 8080, []msg{server("\x00\x00\x06\x04\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00d")}, "HTTP2"},
		{"settings whose length is no multiple of six", tcp, 8080, []msg{server("\x00\x00\x07\x04\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00d\x00")}, "Unknown"},
	})
}
