package dpi

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestSMTP(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"a mail is sent", tcp, 25, []msg{server("220 mx.example.net ESMTP Postfix\r\n"), client("EHLO client.example.net\r\n"), server("250-mx.example.net\r\n250 STARTTLS\r\n")}, "SMTP"},
		{"on another port", tcp, 40000, []msg{server("220 mx.example.net ready\r\n"), client("HELO client\r\n")}, "SMTP"},
		{"another greeting", tcp, 40000, []msg{server("220 welcome to the garden\r\n"), client("LOOK around\r\n")}, "Unknown"},
	})
}

// The server's name is kept, and a password in clear text is a risk; it is not kept.
func TestSMTPLearns(t *testing.T) {
	t.Parallel()
	_, r := talk(t, newTestRegistry(t, ""), packet.ProtoTCP, 25,
		server("220 mx.example.net ESMTP\r\n"), client("EHLO x\r\n"), server("250 AUTH PLAIN\r\n"), client("AUTH PLAIN AGFsaWNlAHNlY3JldA==\r\n"))
	assert.Equal(t, "mx.example.net", r.Info.ServerName)
	assert.True(t, r.Risks.Has(RiskClearTextCredentials))
	assert.NotContains(t, fmt.Sprintf("%+v", r.Info), "AGFsaWNl")
}
