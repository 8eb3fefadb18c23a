package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestEthereum(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	signed := strings.Repeat("\x5a", 96) + "\x01"
	// A list of version, both ends (address, two ports), expiry.
	ping := signed + "\x01\xdf\x04\xcb\x84\xc0\x00\x02\x01\x82\x76\x5f\x82\x76\x5f\xc9\x84\xc0\x00\x02\x02\x82\x76\x5f\x80\x84\x65\x53\xf1\x00"
	ping = ping[:98] + string([]byte{byte(0xc0 + len(ping) - 99)}) + ping[99:]
	find := signed + "\x03\xf8\x47\xb8\x40" + strings.Repeat("\x33", 64) + "\x84\x65\x53\xf1\x00"
	neighbours := signed + "\x04\xf9\x01\x00" + strings.Repeat("\x33", 256)
	auth := "\x01\xed\x04" + strings.Repeat("\x77", 0x1ed-1)
	checkConversations(t, []conversation{
		{"discovery ping", udp, 30303, []msg{client(ping)}, "ETHEREUM"},
		{"discovery findnode", udp, 40000, []msg{client(find)}, "ETHEREUM"},
		{"discovery neighbours", udp, 40000, []msg{server(neighbours)}, "ETHEREUM"},
		{"handshake", tcp, 30303, []msg{client(auth)}, "ETHEREUM"},
		{"handshake in two segments", tcp, 30303, []msg{client(auth[:100]), client(auth[100:])}, "ETHEREUM"},
		{"handshake with a second node of the host", tcp, 30304, []msg{client(auth)}, "ETHEREUM"},
		{"handshake far from the usual port", tcp, 30403, []msg{client(auth)}, "Unknown"},
		{"handshake before EIP-8", tcp, 30303, []msg{client("\x04" + strings.Repeat("\x77", 306))}, "ETHEREUM"},
		{"recovery id 2", udp, 30303, []msg{client(ping[:96] + "\x02" + ping[97:])}, "Unknown"},
		{"list beyond the datagram", udp, 40000, []msg{client(ping[:98] + "\xf7" + ping[99:])}, "Unknown"},
		{"handshake with a compressed point", tcp, 30303, []msg{client("\x01\xed\x02" + auth[3:])}, "Unknown"},
		{"handshake on another port", tcp, 40000, []msg{client(auth)}, "Unknown"},
	})
}
