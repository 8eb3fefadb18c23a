package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestThrift(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a call of the strict binary protocol, in a frame", tcp, 9090, []msg{client("\x00\x00\x00\x13\x80\x01\x00\x01\x00\x00\x00\x04ping\x00\x00\x00\x01\x00")}, "Thrift"},
		{"a compact call over UDP", udp, 6831, []msg{client("\x82!\x01\temitBatch\x1c\x1c\x18\x03web\x00")}, "Thrift"},
		{"a name that is none", udp, 6831, []msg{client("\x82!\x01\temit batch\x1c\x1c")}, "Unknown"},
		{"a type that does not exist", tcp, 9090, []msg{client("\x00\x00\x00\x13\x80\x01\x00\t\x00\x00\x00\x04ping\x00\x00\x00\x01\x00")}, "Unknown"},
	})
}
