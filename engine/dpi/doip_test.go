package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestDoIP(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a vehicle is looked for", udp, 13400, []msg{client("\x02\xfd\x00\x01\x00\x00\x00\x00")}, "DoIP"},
		{"routing is activated", tcp, 13400, []msg{client("\x02\xfd\x00\x05\x00\x00\x00\x07\x0e\x00\x00\x00\x00\x00\x00")}, "DoIP"},
		{"a vehicle of any version is looked for", udp, 13400, []msg{client("\xff\x00\x00\x01\x00\x00\x00\x00")}, "DoIP"},
		{"a diagnosis under way", tcp, 13400, []msg{client("\x03\xfc\x80\x01\x00\x00\x00\x06\x0e\x80"), client("\x10\x01\x10\x03")}, "DoIP"},
		{"the header in two segments", tcp, 13400, []msg{client("\x02\xfd\x00\x05\x00"), client("\x00\x00\x07\x0e\x00\x00\x00\x00\x00\x00")}, "DoIP"},
		{"a diagnosis of any version", tcp, 13400, []msg{client("\xff\x00\x80\x01\x00\x00\x00\x00")}, "Unknown"},
		{"a version to come", udp, 13400, []msg{client("\x45\xba\x00\x01\x00\x00\x00\x00")}, "Unknown"},
		{"an unassigned payload", udp, 13400, []msg{client("\x02\xfd\x20\x01\x00\x00\x00\x00")}, "Unknown"},
		{"a payload beyond the datagram", udp, 13400, []msg{client("\x02\xfd\x00\x01\x00\x00\x00\x06")}, "Unknown"},
		{"a version without its complement", tcp, 13400, []msg{client("\x02\xfc\x00\x05\x00\x00\x00\x07\x0e\x00\x00\x00\x00\x00\x00")}, "Unknown"},
	})
}
