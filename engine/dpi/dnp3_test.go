package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestDNP3(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	request := "\x05d\x08\xc4\x01\x00\x00\x04\xa4\xcf\xc0\xc1\x01Vx"
	checkConversations(t, []conversation{
		{"a master asks, an outstation answers", tcp, 20000, []msg{client("\x05d\x08\xc4\x01\x00\x00\x04\x124\xc0\xc1\x01Vx"), server("\x05d\x08D\x01\x00\x00\x04\x124\xc0\xc1\x01Vx")}, "DNP3"},
		{"on another port", tcp, 40000, []msg{client(request)}, "DNP3"},
		{"over UDP", udp, 20000, []msg{client(request)}, "DNP3"},
		{"the link's status, which the station tells", tcp, 40000, []msg{server("\x05d\x05\x0b\x0a\x00\x01\x00\x3c\xcd")}, "DNP3"},
		{"a wrong sum on another port", tcp, 40000, []msg{client("\x05d\x08\xc4\x01\x00\x00\x04\x124\xc0\xc1\x01Vx")}, "Unknown"},
		{"a function that the link does not have", tcp, 20000, []msg{client("\x05d\x08\xc6\x01\x00\x00\x04\x124\xc0\xc1\x01Vx")}, "Unknown"},
		{"a length below the least", tcp, 20000, []msg{client("\x05d\x04\xc4\x01\x00\x00\x04\x124\xc0\xc1\x01Vx")}, "Unknown"},
	})
}
