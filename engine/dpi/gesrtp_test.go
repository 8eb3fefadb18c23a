package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestGESRTP(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	read := "\x02\x00\x06\x00" + strings.Repeat("\x00", 27) + "\xc0\x00\x00\x00\x00\x10\x0e\x00\x00\x01\x01\x04\x08\x00\x00\x01" + strings.Repeat("\x00", 9)
	checkConversations(t, []conversation{
		{"initialisation", tcp, 18245, []msg{client(strings.Repeat("\x00", 56)), server("\x01" + strings.Repeat("\x00", 55))}, "GE_SRTP"},
		{"a connection under way", tcp, 18245, []msg{client(read)}, "GE_SRTP"},
		{"a request of no type", tcp, 18245, []msg{client(read[:31] + "\x00" + read[32:])}, "Unknown"},
		{"not only zeros", tcp, 18245, []msg{client("\x00" + read[1:])}, "Unknown"},
		{"an answer that is no answer", tcp, 18245, []msg{server("\x01\x00" + strings.Repeat("ab", 27))}, "Unknown"},
		{"text on the port", tcp, 18245, []msg{client("GE?" + strings.Repeat(" ", 60))}, "Unknown"},
		{"zeros on another port", tcp, 40000, []msg{client(strings.Repeat("\x00", 56))}, "Unknown"},
	})
}
