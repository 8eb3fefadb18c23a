package dpi

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestSIP(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a call over UDP", udp, 5060, []msg{client("INVITE sip:bob@example.net SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1\r\nFrom: Alice <sip:alice@example.net>;tag=1\r\nTo: <sip:bob@example.net>\r\nUser-Agent: Phone/1.0\r\nCall-ID: 1\r\nCSeq: 1 INVITE\r\n\r\n"), server("SIP/2.0 180 Ringing\r\nCSeq: 1 INVITE\r\n\r\n")}, "SIP"},
		{"a registration over TCP, on another port", tcp, 40000, []msg{client("REGISTER sip:example.net SIP/2.0\r\nVia: SIP/2.0/TCP 192.0.2.1\r\n\r\n")}, "SIP"},
		{"an invitation of another kind", tcp, 40000, []msg{client("INVITE everybody to the party\r\n")}, "Unknown"},
	})
}

// The parties of a call and the phone are kept.
func TestSIPParties(t *testing.T) {
	t.Parallel()
	_, r := talk(t, newTestRegistry(t, ""), packet.ProtoUDP, 5060, client("INVITE sip:bob@example.net SIP/2.0\r\nf: Alice <sip:alice@example.net>\r\nTo: <sip:bob@example.net>\r\nUser-Agent: Phone/1.0\r\n\r\n"))
	assert.Equal(t, &SIPInfo{From: "Alice <sip:alice@example.net>", To: "<sip:bob@example.net>"}, r.Info.SIP)
	assert.Equal(t, "Phone/1.0", r.Info.UserAgent)
}
