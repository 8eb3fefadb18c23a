package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestDofus(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	key := "qwertzuiopasdfghjklyxcvbnmqwertz"
	checkConversations(t, []conversation{
		{"log-in server's greeting", tcp, 443, []msg{server("HC" + key + "\x00"), client("1.29.1\n\x00")}, "Dofus"},
		{"text", tcp, 5555, []msg{server("HC" + key + "\r\n")}, "Unknown"},
	})
}
