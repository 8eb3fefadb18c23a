package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestLoRaWAN(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a gateway pushes what it received", udp, 1700, []msg{client("\x02\x124\x00\xaaUZ\x00\x00\x00\x00\x01{\"rxpk\":[{\"tmst\":3512348611,\"freq\":868.1}]}"), server("\x02\x124\x01")}, "LoRaWAN"},
		{"a version that does not exist", udp, 1700, []msg{client("\x03\x124\x00\xaaUZ\x00\x00\x00\x00\x01")}, "Unknown"},
		{"on another port", udp, 40000, []msg{client("\x02\x124\x00\xaaUZ\x00\x00\x00\x00\x01")}, "Unknown"},
	})
}
