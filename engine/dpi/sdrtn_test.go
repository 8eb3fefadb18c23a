package dpi

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestAgora(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	const header = "\x00\x5a\x38\x4c\x00\x00\x21\x00\x00\x00\x00\x04"
	hello := client(header + "SNI\x00\x17\x00192-0-2-7.edge.agora.io" + "PDMD\x00\x00CPTO\xf8\x10" + strings.Repeat("\x5a", 60))
	checkConversations(t, []conversation{
		{"client's hello", udp, 8130, []msg{hello}, "SD-RTN"},
		{"name beyond the datagram", udp, 8130, []msg{client(header + "SNI\x00\x30\x0023-248.edge.agora.io")}, "Unknown"},
		{"bytes for a name", udp, 8130, []msg{client(header + "SNI\x00\x08\x00\x01\x02\x03\x04\x05\x06\x07\x08end of it")}, "Unknown"},
		{"no name", udp, 8130, []msg{client(header + strings.Repeat("\x5a", 40))}, "Unknown"},
	})
	_, r := talk(t, newTestRegistry(t, ""), udp, 8130, hello)
	require.NotNil(t, r.Info)
	assert.Equal(t, "192-0-2-7.edge.agora.io", r.Info.ServerName)
}
