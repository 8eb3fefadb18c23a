package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestDNSCrypt(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	certificate := "\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x012\x0ddnscrypt-cert\x08resolver\x07example\x00\x00\x10\x00\x01"
	query := "\xd3\x1b\x02\x04\x2a\xc4\x06\xf3" + strings.Repeat("\x6e", 504)
	answer := "r6fnvWj8" + strings.Repeat("\x83", 24+16+64)
	checkConversations(t, []conversation{
		{"query for the certificate", udp, 443, []msg{client(certificate)}, "DNScrypt"},
		{"query and answer", udp, 443, []msg{client(query), server(answer)}, "DNScrypt"},
		{"query and answer over TCP", tcp, 443, []msg{client("\x02\x00" + query), server("\x00\x70" + answer)}, "DNScrypt"},
		{"a client with the magic of servers", udp, 443, []msg{client(answer)}, "Unknown"},
		{"an answer of another kind", udp, 443, []msg{client(query), server("r6fnvWj9" + answer[8:])}, "Unknown"},
	})
}
