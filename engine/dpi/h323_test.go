package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestH323(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a call is set up, and proceeds", tcp, 1720, []msg{client("\x03\x00\x00\x15\x08\x02\x124\x05\x04\x03\x88\x93\xa5(\x05alice"), server("\x03\x00\x00\x15\x08\x02\x124\x02\x04\x03\x88\x93\xa5(\x05alice")}, "H323"},
		{"a gatekeeper is looked for", udp, 1719, []msg{client("\x06\x00\x08\x91J\x00\x04\x80\x01\x00")}, "H323"},
		{"a transport packet with other content", tcp, 1720, []msg{client("\x03\x00\x00\x0f\x11\xff\x02\x124\x05\x04\x03\x88\x93\xa5")}, "Unknown"},
		{"the same datagram to another port", udp, 40000, []msg{client("\x06\x00\x08\x91J\x00\x04\x80\x01\x00")}, "Unknown"},
	})
}
