package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestRSH(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"a command for the remote shell", tcp, 514, []msg{client("1022\x00alice\x00bob\x00uptime\x00")}, "RSH"},
		{"other bytes", tcp, 514, []msg{client("1022\x00alice\x01bob\x00uptime\x00")}, "Unknown"},
		{"on another port", tcp, 40000, []msg{client("1022\x00alice\x00bob\x00uptime\x00")}, "Unknown"},
	})
}
