package dpi

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestLLMNR(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	const name = "\x06laptop\x00"
	query := "\x4a\x11\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00" + name + "\x00\x01\x00\x01"
	answer := "\x4a\x11\x80\x00\x00\x01\x00\x01\x00\x00\x00\x00" + name + "\x00\x01\x00\x01" + name + "\x00\x01\x00\x01\x00\x00\x00\x1e\x00\x04\xc0\x00\x02\x02"
	checkConversations(t, []conversation{
		{"query and answer", udp, 5355, []msg{client(query), server(answer)}, "LLMNR"},
		{"answer alone", udp, 5355, []msg{server(answer)}, "LLMNR"},
		{"over TCP", tcp, 5355, []msg{client(vec16(query)), server(vec16(answer))}, "LLMNR"},
		{"two questions", udp, 5355, []msg{client(strings.Replace(query, "\x00\x01", "\x00\x02", 1))}, "Unknown"},
		{"label beyond the message", udp, 5355, []msg{client(query[:12] + "\x3f" + query[13:])}, "Unknown"},
	})
	reg := newTestRegistry(t, "")
	_, r := talk(t, reg, udp, 5355, client(query))
	require.NotNil(t, r.Info)
	assert.Equal(t, "laptop", r.Info.ServerName)
	assert.False(t, r.Risks.Has(RiskInvalidChars))
	_, r = talk(t, reg, udp, 5355, client(strings.Replace(query, "top", "t\x01p", 1)))
	assert.True(t, r.Risks.Has(RiskInvalidChars))
}
