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
		{"it answers", udp, 1719, []msg{server("\x12\x00\x00\x06\x00\x08\x91J\x00\x04\x80\x01\x00")}, "H323"},
		{"a call is admitted", udp, 1719, []msg{client("\x27\x88\x00\x05\xb0\x00\x00\x0f\x01\x02\x00\x61")}, "H323"},
		{"a gatekeeper is looked for on a port of its own", udp, 40000, []msg{client("\x00\x00\x00\x01\x06\x00\x08\x91J\x00\x04\x00\x0a\x00\x00\x01\x06\xb7")}, "H323"},
		{"a call in progress", tcp, 40000, []msg{server("\x03\x00\x00\x10\x08\x02\x924\x03\x1e\x02\x81\x88\x7e\x00\x01\x05")}, "H323"},
		{"terminals tell what they can", tcp, 40000, []msg{client("\x03\x00\x00\x12\x02\x70\x01\x06\x00\x08\x81\x75\x00\x07\x80\x0d\x00\x00")}, "H323"},
		{"after the question who is the master", tcp, 40000, []msg{client("\x03\x00\x00\x0b\x01\x00\x3c\x80\x12\x34\x56" + "\x03\x00\x00\x12\x02\x70\x01\x06\x00\x08\x81\x75\x00\x07\x80\x0d\x00\x00")}, "H323"},
		{"capabilities of something else", tcp, 40000, []msg{client("\x03\x00\x00\x12\x02\x70\x01\x06\x00\x08\x82\x75\x00\x07\x80\x0d\x00\x00")}, "Unknown"},
		{"a transport packet with other content", tcp, 1720, []msg{client("\x03\x00\x00\x0f\x11\xff\x02\x124\x05\x04\x03\x88\x93\xa5")}, "Unknown"},
		{"the same datagram to another port", udp, 40000, []msg{client("\x06\x00\x08\x91J\x00\x04\x80\x01\x00")}, "Unknown"},
	})
}
