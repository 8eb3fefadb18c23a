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
		{"a full server", tcp, 8000, []msg{server("ICY 401 Service Unavailable\r\n\r\n")}, "ShoutCast"},
		{"no status", tcp, 8000, []msg{server("ICY roads ahead\r\n")}, "Unknown"},
		{"a source", tcp, 8001, []msg{client("hackme\r\n"), server("OK2\r\nicy-caps:11\r\n\r\n")}, "ShoutCast"},
		{"a source of an old server", tcp, 8001, []msg{client("123456"), client("\r\n"), server("OK2\r\n"), client("icy-name:Radio\r\nicy-br:128\r\n\r\n")}, "ShoutCast"},
		{"the answer to a source alone", tcp, 40000, []msg{server("OK2\r\nicy-caps:11\r\n\r\n")}, "ShoutCast"},
		{"a line and its answer", tcp, 8001, []msg{client("hello\r\n"), server("OK2\r\n"), client("more\r\n")}, "Unknown"},
	})
}
