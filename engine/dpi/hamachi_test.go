package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestHamachi(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	hello := "\x00\x00\x01\x90" + "\x00\x01\x00\x00\x00\x00\x00\x01\x7b\x7a\x0d\xad" + strings.Repeat("\x3c\x91", 194)
	secret := strings.Repeat("\x8e\x27\xf1\x60", 10)
	ours := func(number string) msg { return client("\x1a\x2b\x3c\x4d\x00\x00\x00" + number + "\x55\x66" + secret) }
	theirs := func(number string) msg { return server("\x7a\x00\x91\x0c\x00\x00\x00" + number + "\x12\x34" + secret) }
	relay := strings.Repeat("\x00", 36) + "\x11\x22\x33\x44" + strings.Repeat("\x00", 36)
	checkConversations(t, []conversation{
		{"log-in at a server", tcp, 443, []msg{client(hello)}, "Hamachi"},
		{"a message of a connection under way", tcp, 12975, []msg{server("\x00\x00\x00\x10" + secret[:16])}, "Unknown"},
		{"another magic", tcp, 443, []msg{client(hello[:15] + "\xae" + hello[16:])}, "Unknown"},
		{"a length that is none", tcp, 12975, []msg{client("\x00\x00\x00\x0c" + hello[4:])}, "Unknown"},
		{"tunnel between peers", udp, 40000, []msg{ours("\x01"), theirs("\x01"), ours("\x02")}, "Hamachi"},
		{"tunnel over a relay", udp, 17771, []msg{client(relay), server(relay), theirs("\x01"), theirs("\x02"), ours("\x01")}, "Hamachi"},
		{"tunnel of one direction", udp, 40000, []msg{ours("\x01"), ours("\x02"), ours("\x03"), ours("\x04")}, "Unknown"},
		{"a datagram twice", udp, 40000, []msg{ours("\x01"), theirs("\x01"), ours("\x01")}, "Unknown"},
		{"a number that leaps", udp, 40000, []msg{ours("\x01"), theirs("\x01"), ours("\x80")}, "Unknown"},
		{"both directions the same", udp, 40000, []msg{ours("\x01"), server(ours("\x01").data), ours("\x02")}, "Unknown"},
	})
}
