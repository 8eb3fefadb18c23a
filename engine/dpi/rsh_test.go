package dpi

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestRSH(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"a command for the remote shell", tcp, 514, []msg{client("1022\x00alice\x00bob\x00uptime\x00")}, "RSH"},
		{"other bytes", tcp, 514, []msg{client("1022\x00alice\x01bob\x00uptime\x00")}, "Unknown"},
		{"on another port", tcp, 40000, []msg{client("1022\x00alice\x00bob\x00uptime\x00")}, "RSH"},
		{"the port comes first", tcp, 40000, []msg{client("1022\x00"), client("alice\x00bob\x00uptime\x00"), server("\x00")}, "RSH"},
		{"no port for errors", tcp, 514, []msg{client("\x00"), client("alice\x00bob\x00uptime\x00")}, "RSH"},
		{"no port for errors, on another port", tcp, 40000, []msg{client("\x00alice\x00bob\x00uptime\x00")}, "Unknown"},
		{"login", tcp, 513, []msg{client("\x00"), client("alice\x00bob\x00xterm/38400\x00")}, "RSH"},
		{"a word for a port", tcp, 514, []msg{client("port\x00alice\x00bob\x00uptime\x00")}, "Unknown"},
		{"no command", tcp, 514, []msg{client("1022\x00alice\x00bob\x00\x00")}, "Unknown"},
	})
	_, r := talk(t, newTestRegistry(t, ""), tcp, 514, client("1022\x00alice\x00bob\x00uptime\x00"))
	assert.Equal(t, []RiskReason{{RiskClearTextCredentials, "user bob runs uptime"}}, r.Info.Reasons)
}
