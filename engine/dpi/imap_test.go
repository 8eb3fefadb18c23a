package dpi

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestIMAPGreeting(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"a log-in", tcp, 143, []msg{server("* OK [CAPABILITY IMAP4rev1] ready\r\n"), client("a1 CAPABILITY\r\n")}, "IMAP"},
		{"on another port", tcp, 40000, []msg{server("* OK IMAP4rev1 server ready\r\n")}, "IMAP"},
		{"another greeting", tcp, 40000, []msg{server("* OK everybody, be seated\r\n")}, "Unknown"},
	})
}

// The user of a log-in is kept, not the password.
func TestIMAPUser(t *testing.T) {
	t.Parallel()
	_, r := talk(t, newTestRegistry(t, ""), packet.ProtoTCP, 143, server("* OK IMAP4\r\n"), client("a1 LOGIN \"alice\" s3cret\r\n"))
	assert.Equal(t, "alice", r.Info.User)
	assert.True(t, r.Risks.Has(RiskClearTextCredentials))
	assert.NotContains(t, fmt.Sprintf("%+v", r.Info), "s3cret")
}
