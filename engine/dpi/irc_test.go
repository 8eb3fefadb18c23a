package dpi

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestIRC(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	login := "NICK alice\r\nUSER alice 0 * :Alice\r\n"
	notice := ":irc.example NOTICE * :*** Looking up your hostname...\r\n"
	checkConversations(t, []conversation{
		{"login and welcome", tcp, 6667, []msg{client(login), server(":irc.example 001 alice :Welcome\r\n")}, "IRC"},
		{"server's notice", tcp, 40000, []msg{server(notice), client(login)}, "IRC"},
		{"notice of old servers", tcp, 40000, []msg{server("NOTICE AUTH :*** Checking Ident\r\n")}, "IRC"},
		{"capabilities", tcp, 40000, []msg{client("CAP LS 302\r\n"), server(":irc.example CAP * LS :multi-prefix sasl\r\n")}, "IRC"},
		{"password, then name", tcp, 40000, []msg{client("PASS secret\r\n"), client(login)}, "IRC"},
		{"conversation under way", tcp, 40000, []msg{client("PRIVMSG #example :hello\r\n")}, "IRC"},
		{"login at a mail server", tcp, 110, []msg{server("+OK ready\r\n"), client("USER alice\r\n"), client("PASS secret\r\n")}, "POP3"},
		{"user of something else", tcp, 40000, []msg{client("USER alice\r\n"), server("331 Password required\r\n")}, "Unknown"},
		{"line that begins with a colon", tcp, 40000, []msg{server(":10000000FF00\r\n")}, "Unknown"},
		{"a user's message", tcp, 40000, []msg{server(":bob!~b@host.example PRIVMSG #example :hello\r\n")}, "IRC"},
		{"a user's word that does not exist", tcp, 40000, []msg{server(":bob!~b@host.example SHOUTS #example :hello\r\n")}, "Unknown"},
		{"a connection refused", tcp, 40000, []msg{server("ERROR :Closing Link: 192.0.2.1 (Throttled)\r\n")}, "IRC"},
		{"ping", tcp, 6667, []msg{server("PING :irc.example\r\n")}, "IRC"},
		{"ping on another port", tcp, 40000, []msg{server("PING :irc.example\r\n")}, "Unknown"},
		{"a server at another", tcp, 40000, []msg{client("PASS secret TS 6 :1AA\r\nCAPAB :QS EX\r\nSERVER irc.example 1 :hub\r\n")}, "IRC"},
	})
}

func TestIRCLogin(t *testing.T) {
	t.Parallel()
	reg := newTestRegistry(t, "")
	_, r := talk(t, reg, packet.ProtoTCP, 6667, client("NICK ali"), client("ce\x02\r\nUSER alice 0 * :Alice\r\n"))
	require.NotNil(t, r.Info)
	assert.Equal(t, "alice?", r.Info.User)
	assert.True(t, r.Risks.Has(RiskClearTextCredentials))
	_, r = talk(t, reg, packet.ProtoTCP, 6667, client("CAP LS 302\r\n"))
	assert.False(t, r.Risks.Has(RiskClearTextCredentials))
}
