package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestKNXnetIP(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a search request", udp, 3671, []msg{client("\x06\x10\x02\x01\x00\x0e\x08\x01\xc0\xa8\x00\x02\x0eW")}, "KNXnet_IP"},
		{"a connection over TCP, on another port", tcp, 40000, []msg{client("\x06\x10\x02\x05\x00\x1a\x08\x02\x00\x00\x00\x00\x00\x00\x08\x02\x00\x00\x00\x00\x00\x00\x04\x04\x02\x00")}, "KNXnet_IP"},
		{"a service that does not exist", udp, 3671, []msg{client("\x06\x10\x12\x01\x00\x0e\x08\x01\xc0\xa8\x00\x02\x0eW")}, "Unknown"},
		{"a length that does not fit", udp, 3671, []msg{client("\x06\x10\x02\x01\x00\x0f\x08\x01\xc0\xa8\x00\x02\x0eW")}, "Unknown"},
	})
}
