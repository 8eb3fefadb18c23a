package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestPOP3(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"greeting and user", tcp, 110, []msg{server("+OK ready\r\n"), client("USER alice\r\n")}, "POP3"},
		{"another port", tcp, 40000, []msg{server("+OK ready\r\n"), client("USER alice\r\n")}, "POP3"},
		{"error for a greeting", tcp, 40000, []msg{server("-ERR busy\r\n")}, "Unknown"},
	})
}

func TestIMAP(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"greeting", tcp, 143, []msg{server("* OK ready\r\n"), client("a1 CAPABILITY\r\n")}, "IMAP"},
		{"another port", tcp, 40000, []msg{server("* OK [CAPABILITY IMAP4rev1] ready\r\n")}, "IMAP"},
		{"greeting of something else", tcp, 40000, []msg{server("* OK ready\r\n")}, "Unknown"},
	})
}

func TestNNTP(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"greeting", tcp, 119, []msg{server("200 news.example ready\r\n")}, "Usenet"},
		{"news command elsewhere", tcp, 40000, []msg{server("201 ready\r\n"), client("MODE READER\r\n")}, "Usenet"},
		{"refusal", tcp, 40000, []msg{server("400 busy\r\n")}, "Unknown"},
	})
}
