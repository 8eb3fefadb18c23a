package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestFastCGI(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	begin := "\x01\x01\x00\x01\x00\x08\x00\x00" + "\x00\x01\x00\x00\x00\x00\x00\x00"
	params := "\x01\x04\x00\x01\x00\x13\x05\x00\x0e\x03REQUEST_METHODGET\x00\x00\x00\x00\x00" + "\x01\x04\x00\x01\x00\x00\x00\x00"
	answer := "\x01\x06\x00\x01\x00\x1b\x05\x00Content-type: text/html\r\n\r\n\x00\x00\x00\x00\x00"
	checkConversations(t, []conversation{
		{"request of a responder and answer", tcp, 9000, []msg{client(begin + params), server(answer)}, "FastCGI"},
		{"connection to be kept, another port", tcp, 40000, []msg{client(begin[:10] + "\x01" + begin[11:])}, "FastCGI"},
		{"unassigned role", tcp, 9000, []msg{client(begin[:9] + "\x04" + begin[10:])}, "Unknown"},
		{"reserved bytes in use", tcp, 9000, []msg{client(begin[:11] + "\x01\x02\x03\x04\x05")}, "Unknown"},
		{"another type first", tcp, 9000, []msg{client(params)}, "Unknown"},
	})
}
