package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestRTPS(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a participant announces itself", udp, 7400, []msg{client("RTPS\x02\x03\x01\x0f\x01\x0f\x124Vx\x00\x00\x00\x00\x00\x01\t\x01\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00")}, "RTPS"},
		{"a version that does not exist", udp, 7400, []msg{client("RTPS\x07\x03\x01\x0f\x01\x0f\x124Vx\x00\x00\x00\x00\x00\x01")}, "Unknown"},
		{"over TCP", tcp, 40000, []msg{client("RTPS\x02\x03\x01\x0f\x01\x0f\x124Vx\x00\x00\x00\x00\x00\x01\t\x01\x08\x00")}, "RTPS"},
	})
}
