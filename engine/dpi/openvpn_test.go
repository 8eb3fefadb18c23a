package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestOpenVPN(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	const one, two = "\x33\x48\x57\x70\x3d\x96\xdb\x39", "\xd3\x1c\x3a\x69\x64\x60\x2f\xa0"
	reset := "\x38" + one + "\x00\x00\x00\x00\x00"
	answer := "\x40" + two + "\x01\x00\x00\x00\x00" + one + "\x00\x00\x00\x00"
	hmac := strings.Repeat("\xa7", 20) + "\x00\x00\x00\x01\x65\x53\xf1\x00"
	hello := "\x20" + one + "\x00\x00\x00\x00\x01\x16\x03\x01\x00\xf0\x01\x00\x00\xec\x03\x03"
	checkConversations(t, []conversation{
		{"resets of both sides", udp, 443, []msg{client(reset), server(answer)}, "OpenVPN"},
		{"resets with a 20-byte HMAC", udp, 40000, []msg{
			client("\x38" + one + hmac + "\x00\x00\x00\x00\x00"), server("\x40" + two + hmac + "\x01\x00\x00\x00\x00" + one + "\x00\x00\x00\x00")}, "OpenVPN"},
		{"over TCP", tcp, 443, []msg{client("\x00\x0e" + reset), server("\x00\x1a" + answer)}, "OpenVPN"},
		{"one side only, up to TLS", udp, 443, []msg{client(reset), client("\x28" + one + "\x01\x00\x00\x00\x00" + two), client(hello)}, "OpenVPN"},
		{"another session follows", udp, 443, []msg{client(reset), client("\x20" + two + hello[9:])}, "Unknown"},
		{"an answer to somebody else", udp, 40000, []msg{client(reset), server("\x40" + two + "\x01\x00\x00\x00\x00" + two + "\x00\x00\x00\x00")}, "Unknown"},
	})
}
