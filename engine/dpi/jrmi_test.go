package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestJRMI(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	end := "\x00\x09192.0.2.1\x00\x00\x00\x00"
	call := end + "\x50\xac\xed\x00\x05\x77\x22" + "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x44\x15\x4d\xc9\xd4\xe6\x3b\xdf\x74\x00\x05clock"
	checkConversations(t, []conversation{
		{"stream at the registry, acknowledged, and a look-up", tcp, 1099, []msg{client("JRMI\x00\x02\x4b"), server("\x4e\x00\x09192.0.2.1\x00\x00\xc3\x50"), client(call)}, "JRMI"},
		{"single operation on another port", tcp, 40000, []msg{client("JRMI\x00\x02\x4c" + call[len(end):])}, "JRMI"},
		{"unassigned protocol", tcp, 1099, []msg{client("JRMI\x00\x02\x4e")}, "Unknown"},
		{"version 3", tcp, 1099, []msg{client("JRMI\x00\x03\x4b")}, "Unknown"},
		{"call alone", tcp, 40000, []msg{client("\x50\xac\xed\x00\x05w\"")}, "JRMI"},
		{"return alone", tcp, 40000, []msg{server("\x51\xac\xed\x00\x05w\x0f")}, "JRMI"},
		{"acknowledgement alone", tcp, 1099, []msg{server("\x4e\x00\x09192.0.2.1\x00\x00\xc3\x50")}, "JRMI"},
		{"acknowledgement that says more", tcp, 1099, []msg{server("\x4e\x00\x09192.0.2.1\x00\x00\xc3\x50\x00")}, "Unknown"},
	})
}
