package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestTACACS(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	start := "\xc0\x01\x01\x00\x11\x22\x33\x44\x00\x00\x00\x1c" + strings.Repeat("\x5a", 28)
	reply := "\xc0\x01\x02\x00\x11\x22\x33\x44\x00\x00\x00\x10" + strings.Repeat("\x5a", 16)
	checkConversations(t, []conversation{
		{"authentication and reply", tcp, 49, []msg{client(start), server(reply)}, "TACACS"},
		{"accounting, plain, single connection", tcp, 49, []msg{client("\xc1\x03\x01\x05" + start[4:])}, "TACACS"},
		{"another port", tcp, 40000, []msg{client(start)}, "TACACS"},
		{"another port, header and body apart", tcp, 40000, []msg{client(start[:12]), client(start[12:])}, "TACACS"},
		{"another port, within a session", tcp, 40000, []msg{client("\xc0\x01\x03" + start[3:])}, "Unknown"},
		{"another port, more than a packet", tcp, 40000, []msg{client(start + "\x00")}, "Unknown"},
		{"unassigned type", tcp, 49, []msg{client("\xc0\x04" + start[2:])}, "Unknown"},
		{"another version", tcp, 49, []msg{client("\x80" + start[1:])}, "Unknown"},
		{"length of a megabyte", tcp, 49, []msg{client(start[:8] + "\x00\x10\x00\x00" + start[12:])}, "Unknown"},
	})
}
