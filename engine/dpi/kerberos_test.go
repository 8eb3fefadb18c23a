package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestKerberos(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	// AS-REQ: version 5, message type 10, an empty request body.
	request := "\x6a\x0e\x30\x0c\xa1\x03\x02\x01\x05\xa2\x03\x02\x01\x0a\xa4\x00"
	checkConversations(t, []conversation{
		{"request", udp, 88, []msg{client(request)}, "Kerberos"},
		{"request over TCP", tcp, 88, []msg{client("\x00\x00\x00\x10" + request)}, "Kerberos"},
		{"version 4", udp, 40000, []msg{client("\x6a\x0e\x30\x0c\xa1\x03\x02\x01\x04\xa2\x03\x02\x01\x0a\xa4\x00")}, "Unknown"},
		{"unassigned message type", udp, 40000, []msg{client("\x70" + request[1:])}, "Unknown"},
	})
}
