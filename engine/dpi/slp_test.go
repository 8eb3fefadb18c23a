package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestSLP(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a service request", udp, 427, []msg{client("\x02\x01\x00\x001 \x00\x00\x00\x00\x124\x00\x02en\x00\x00\x00\x15service:service-agent\x00\x07default\x00\x00\x00\x00")}, "Service_Location_Protocol"},
		{"version 1", udp, 427, []msg{client("\x01\x01\x00 \x00\x00en\x00\x03\x124\x00\x00\x00\x0fservice:printer\x00")}, "Service_Location_Protocol"},
		{"a function that does not exist", udp, 427, []msg{client("\x02w\x00\x001 \x00\x00\x00\x00\x124\x00\x02en")}, "Unknown"},
		{"on another port", udp, 40000, []msg{client("\x02\x01\x00\x001 \x00\x00\x00\x00\x124\x00\x02en")}, "Unknown"},
	})
}
