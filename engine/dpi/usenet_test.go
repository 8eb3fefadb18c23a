package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestNewsServer(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"a news server", tcp, 119, []msg{server("200 news.example.net ready\r\n"), client("MODE READER\r\n")}, "Usenet"},
		{"on another port", tcp, 40000, []msg{server("200 news.example.net NNTP Service Ready\r\n")}, "Usenet"},
		{"another greeting", tcp, 40000, []msg{server("200 hello\r\n"), client("HELLO\r\n")}, "Unknown"},
	})
}
