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
		{"status from another port", udp, 40000, []msg{client("\x01\x124\x00\xaaUZ\x00\x00\x00\x00\x01{\"stat\":{\"rxnb\":2}}")}, "LoRaWAN"},
		{"what to send, alone", udp, 40000, []msg{server("\x02\x124\x03{\"txpk\":{\"imme\":true}}")}, "LoRaWAN"},
		{"the older port", udp, 1680, []msg{client("\x02\x124\x02\xaaUZ\x00\x00\x00\x00\x01"), server("\x02\x124\x04")}, "LoRaWAN"},
		{"it was sent", udp, 1700, []msg{client("\x02\x124\x05\xaaUZ\x00\x00\x00\x00\x01{\"txpk_ack\":{\"error\":\"NONE\"}}")}, "LoRaWAN"},
		{"an acknowledgement with more than that", udp, 1700, []msg{server("\x02\x124\x01\x00\x00")}, "Unknown"},
		{"data that is no object", udp, 1700, []msg{client("\x02\x124\x00\xaaUZ\x00\x00\x00\x00\x01\x00\x00")}, "Unknown"},
		{"a version that does not exist", udp, 1700, []msg{client("\x03\x124\x00\xaaUZ\x00\x00\x00\x00\x01")}, "Unknown"},
		{"on another port", udp, 40000, []msg{client("\x02\x124\x00\xaaUZ\x00\x00\x00\x00\x01")}, "Unknown"},
	})
}
