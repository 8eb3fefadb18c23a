package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestXDMCP(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	query := "\x00\x01\x00\x02\x00\x01\x00"
	// Willing: authentication, host name, status.
	willing := "\x00\x01\x00\x05\x00\x17\x00\x00\x00\x0bdisplay.net\x00\x06ready."
	checkConversations(t, []conversation{
		{"query and answer", udp, 177, []msg{client(query), server(willing)}, "XDMCP"},
		{"query on another port", udp, 40000, []msg{client(query)}, "Unknown"},
		{"version 2", udp, 177, []msg{client("\x00\x02" + query[2:])}, "Unknown"},
		{"unassigned opcode", udp, 177, []msg{client("\x00\x01\x00\x20" + query[4:])}, "Unknown"},
		{"another length", udp, 177, []msg{client(query + "\x00")}, "Unknown"},
	})
}
