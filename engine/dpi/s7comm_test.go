package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestS7Comm(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	request := "\x03\x00\x00\x16\x11\xe0\x00\x00\x00\x01\x00\xc1\x02\x01\x00\xc2\x02\x01\x02\xc0\x01\x0a"
	confirm := "\x03\x00\x00\x16\x11\xd0\x00\x01\x00\x02\x00\xc0\x01\x0a\xc1\x02\x01\x00\xc2\x02\x01\x02"
	setup := "\x03\x00\x00\x19\x02\xf0\x802\x01\x00\x00\x04\x00\x00\x08\x00\x00\xf0\x00\x00\x01\x00\x01\x01\xe0"
	ack := "\x03\x00\x00\x1b\x02\xf0\x802\x03\x00\x00\x04\x00\x00\x08\x00\x00\x00\x00\xf0\x00\x00\x01\x00\x01\x00\xf0"
	checkConversations(t, []conversation{
		{"communication is set up", tcp, 102, []msg{client("\x03\x00\x00\x19\x02\xf0\x802\x01\x00\x00\x04\x00\x00\x08\x00\x00\xf0\x00\x00\x01\x00\x01\x01\xe0")}, "S7Comm"},
		{"another protocol over the same transport", tcp, 102, []msg{client("\x03\x00\x00\x19\x02\xf0\x80\r\x01\x00\x00\x04\x00\x00\x08\x00\x00\xf0\x00\x00\x01\x00\x01\x01\xe0")}, "Unknown"},
		{"behind the set-up of the transport", tcp, 102, []msg{client(request), server(confirm), client(setup)}, "S7Comm"},
		{"an answer alone", tcp, 102, []msg{server(ack)}, "S7Comm"},
		{"on another port", tcp, 2102, []msg{client(request), server(confirm), client(setup)}, "S7Comm"},
		{"on another port, an answer alone", tcp, 2102, []msg{server(ack)}, "S7Comm"},
		{"on another port, lengths that do not fit", tcp, 2102, []msg{client(setup[:14] + "\x09" + setup[15:])}, "Unknown"},
		{"on another port, a type that does not exist", tcp, 2102, []msg{client(setup[:8] + "\x09" + setup[9:])}, "Unknown"},
	})
}
