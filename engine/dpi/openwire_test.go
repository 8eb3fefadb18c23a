package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestOpenWire(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	info := "\x00\x00\x00\x2a\x01ActiveMQ\x00\x00\x00\x0c\x01\x00\x00\x00\x18\x00\x00\x00\x01\x09\x00\x09CacheSize\x05\x00\x00\x04\x00"
	checkConversations(t, []conversation{
		{"wire format", tcp, 61616, []msg{server(info)}, "OpenWire"},
		{"wire format on another port", tcp, 40000, []msg{client(info)}, "OpenWire"},
		{"another type", tcp, 61616, []msg{client("\x00\x00\x00\x2a\x02ActiveMQ\x00\x00\x00\x0c")}, "Unknown"},
	})
}
