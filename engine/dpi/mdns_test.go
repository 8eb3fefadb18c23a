package dpi

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestMDNS(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	const printer = "\x04_ipp\x04_tcp\x05local\x00"
	query := "\x00\x00\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00" + printer + "\x00\x0c\x00\x01"
	answer := "\x00\x00\x84\x00\x00\x00\x00\x01\x00\x00\x00\x00" + "\x06laptop\x05local\x00\x00\x01\x80\x01\x00\x00\x00\x78\x00\x04\xc0\x00\x02\x07"
	checkConversations(t, []conversation{
		{"query", udp, 5353, []msg{client(query)}, "MDNS"},
		{"answer without a question", udp, 5353, []msg{client(answer)}, "MDNS"},
		{"update", udp, 5353, []msg{client("\x00\x00\x28" + query[3:])}, "Unknown"},
		{"header alone", udp, 5353, []msg{client("\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00")}, "Unknown"},
		{"query on DNS's port", udp, 53, []msg{client(query)}, "DNS"},
	})
	reg := newTestRegistry(t, "")
	_, r := talk(t, reg, udp, 5353, client(query))
	require.NotNil(t, r.Info)
	assert.Equal(t, "_ipp._tcp.local", r.Info.ServerName)
	assert.Equal(t, &DNSInfo{Query: "_ipp._tcp.local", QueryType: 12}, r.Info.DNS)
	_, r = talk(t, reg, udp, 5353, client(answer))
	require.NotNil(t, r.Info)
	assert.Equal(t, "laptop.local", r.Info.ServerName)
	assert.Equal(t, &DNSInfo{Query: "laptop.local", QueryType: 1, Answered: true}, r.Info.DNS)
}
