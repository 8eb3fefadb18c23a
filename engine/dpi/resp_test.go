package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestRESP(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"a command and its answer", tcp, 6379, []msg{client("*2\r\n$3\r\nGET\r\n$3\r\nkey\r\n"), server("$5\r\nvalue\r\n")}, "RESP"},
		{"a command on another port", tcp, 40000, []msg{client("*1\r\n$4\r\nPING\r\n")}, "RESP"},
		{"an answer of which the server alone was seen", tcp, 6379, []msg{server("+PONG\r\n")}, "RESP"},
		{"an array of something else", tcp, 40000, []msg{client("*1\r\n:4\r\nPING\r\n")}, "Unknown"},
	})
}
