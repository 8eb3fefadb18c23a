package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestDRDA(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"server attributes are exchanged", tcp, 50000, []msg{client("\x00\x17\xd0A\x00\x01\x00\x11\x10A\x00\r\x11^\x84\x82\xf2\x83\x93\x89\x85\x95\xa3")}, "DRDA"},
		{"on another port", tcp, 40000, []msg{client("\x00\x10\xd0A\x00\x01\x00\n\x10m\x00\x06\x11\xa2\x00\x03")}, "DRDA"},
		{"a server answers", tcp, 50000, []msg{server("\x00\x10\xd0\x02\x00\x02\x00\x0a\x14\xac\x00\x06\x11\xa2\x00\x03")}, "DRDA"},
		{"a transaction of a connection under way", tcp, 40000, []msg{client("\x00\x0a\xd0\x01\x00\x05\x00\x04\x20\x0e")}, "DRDA"},
		{"an unassigned format", tcp, 50000, []msg{client("\x00\x0a\xd0\x47\x00\x05\x00\x04\x20\x0e")}, "Unknown"},
		{"two lengths that contradict each other", tcp, 50000, []msg{client("\x00\x1e\xd0A\x00\x01\x00\t\x10A\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00")}, "Unknown"},
	})
}
