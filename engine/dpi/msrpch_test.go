package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestRPCH(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"a server names itself", tcp, 593, []msg{server("ncacn_http/1.0")}, "MS-RPCH"},
		{"a server names itself on another port", tcp, 6004, []msg{server("ncacn_http/1.0"), client("\x05\x00\x0b\x03")}, "MS-RPCH"},
		{"another transport", tcp, 593, []msg{server("ncacn_ip_tcp/1.0")}, "Unknown"},
	})
}
