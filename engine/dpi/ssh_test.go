package dpi

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestSSH(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	ours, theirs := client("SSH-2.0-OpenSSH_9.6\r\n"), server("SSH-2.0-OpenSSH_7.4\r\n")
	checkConversations(t, []conversation{
		{"banners", tcp, 22, []msg{theirs, ours}, "SSH"},
		{"server only", tcp, 40000, []msg{theirs}, "SSH"},
		{"another banner", tcp, 40000, []msg{server("SSX-2.0-OpenSSH_7.4\r\n")}, "Unknown"},
	})
	_, r := talk(t, newTestRegistry(t, ""), tcp, 22, theirs, ours)
	require.NotNil(t, r.Info)
	assert.Equal(t, "SSH-2.0-OpenSSH_9.6", r.Info.SSH.ClientBanner)
	assert.Equal(t, "SSH-2.0-OpenSSH_7.4", r.Info.SSH.ServerBanner)
}
