package dpi

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestSMBv23(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	dialects := smb2Of(0, "\x24\x00\x02\x00\x01\x00\x00\x00\x7f\x00\x00\x00"+strings.Repeat("\x5a", 24)+"\x02\x02\x11\x03")
	answer := smb2Of(0, smb2Choice+strings.Repeat("\x5a", 56))
	checkConversations(t, []conversation{
		{"negotiation of version 2", tcp, 445, []msg{client(dialects), server(answer)}, "SMBv23"},
		{"another port", tcp, 40000, []msg{client(dialects)}, "SMBv23"},
		{"version 2 offered in version 1 and chosen", tcp, 445, []msg{client(smb1Of(0x72, "\x18", smbAllDialects)), server(answer)}, "SMBv23"},
		{"encrypted messages", tcp, 40000, []msg{client(smbMessage("\xfdSMB" + strings.Repeat("\x5a", 120)))}, "SMBv23"},
		{"compressed messages", tcp, 40000, []msg{server(smbMessage("\xfcSMB\x00\x10\x00\x00\x01\x00\x00\x00" + strings.Repeat("\x5a", 60)))}, "SMBv23"},
		{"another magic", tcp, 40000, []msg{client(smbMessage("\xfaSMB" + strings.Repeat("\x5a", 60)))}, "Unknown"},
	})
	_, r := talk(t, newTestRegistry(t, ""), tcp, 445, client(dialects))
	assert.False(t, r.Risks.Has(RiskSMBInsecure))
}
