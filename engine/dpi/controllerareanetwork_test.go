package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestControllerAreaNetwork(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	checkConversations(t, []conversation{
		{"frames of a bus", udp, 40000, []msg{client("ISO11898\x00\x00\x00\x01\x01#\x08\x01\x02\x03\x04\x05\x06\x07\x08")}, "Controller_Area_Network"},
		{"another standard", udp, 40000, []msg{client("ISO11783\x00\x00\x00\x01\x01#\x08\x01\x02\x03\x04\x05\x06\x07\x08")}, "Unknown"},
	})
}
