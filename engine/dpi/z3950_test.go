package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestZ3950(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	body := "\x83\x02\x05\xe0\x84\x03\x00\xe9\xa2\x85\x04\x04\x00\x00\x00\x86\x04\x04\x00\x00\x00"
	checkConversations(t, []conversation{
		{"initialise", tcp, 210, []msg{client("\xb4\x15" + body)}, "Z3950"},
		{"response with a reference, indefinite length", tcp, 40000, []msg{server("\xb5\x80\x82\x01\x41" + body)}, "Z3950"},
		{"another order", tcp, 210, []msg{client("\xb4\x15\x84\x03\x00\xe9\xa2\x83\x02\x05\xe0")}, "Unknown"},
	})
}
