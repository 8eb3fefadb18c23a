package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestWhois(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"a question", tcp, 43, []msg{client("example.net\r\n"), server("Domain Name: EXAMPLE.NET\r\n")}, "Whois-DAS"},
		{"other bytes", tcp, 43, []msg{client("\x01\x02example.net\r\n")}, "Unknown"},
		{"on another port", tcp, 40000, []msg{client("example.net\r\n")}, "Unknown"},
	})
}
