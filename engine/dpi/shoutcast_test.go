package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestShoutCast(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"the answer of a server", tcp, 8000, []msg{server("ICY 200 OK\r\nicy-name:Radio\r\nicy-br:128\r\n\r\n")}, "ShoutCast"},
		{"another answer", tcp, 8000, []msg{server("ICE 200 OK\r\nname:Radio\r\n\r\n")}, "Unknown"},
	})
}
