package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestLISP(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a map request", udp, 4342, []msg{client("\x10\x00\x01\x01\x00\x00\x00\x00\x00\x00\x00\x07\x00\x00\x00\x01\xc0\xa8\x00\x01\x00 \x00\x01\n\x00\x00\x01")}, "LISP"},
		{"reliable transport", tcp, 4342, []msg{client("\x00\x11\x00\x10\x00\x00\x00\x01\x00\x00\x00\x00\x9f\xac\xad\xe9")}, "LISP"},
		{"a control message that does not exist", udp, 4342, []msg{client("\xb0\x00\x01\x01\x00\x00\x00\x00\x00\x00\x00\x07")}, "Unknown"},
		{"on another port", udp, 40000, []msg{client("\x10\x00\x01\x01\x00\x00\x00\x00\x00\x00\x00\x07")}, "Unknown"},
	})
}
