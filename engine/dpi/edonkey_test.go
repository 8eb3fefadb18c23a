package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestEDonkey(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	hash := "\x8d\x31\x0e\x59\x02\x0e\xa4\x77\x63\x5c\x90\x1b\x44\x02\x6f\x3b"
	// What follows the hash: address, port, two tags (nickname, version), server.
	user := hash + "\xc0\x00\x02\x01\x36\x12\x02\x00\x00\x00\x02\x01\x00\x01\x05\x00alice\x03\x01\x00\x11\x3c\x00\x00\x00\xc0\x00\x02\x63\x35\x12"
	message := func(protocol byte, body string) string {
		return string([]byte{protocol, byte(len(body)), 0, 0, 0}) + body
	}
	hello, answer := message(0xe3, "\x01\x10"+user), message(0xe3, "\x4c"+user)
	info := message(0xc5, "\x01\x3c\x01\x01\x00\x00\x00\x03\x01\x00\x20")
	status := message(0xe3, "\x40\x01\x02\x03\x04")
	checkConversations(t, []conversation{
		{"hello of a client and the answer", tcp, 4662, []msg{client(hello), server(answer)}, "eDonkey"},
		{"hello and eMule's information in one segment", tcp, 40000, []msg{client(hello + info)}, "eDonkey"},
		{"login at a server", tcp, 4661, []msg{client(message(0xe3, "\x01"+user))}, "eDonkey"},
		{"hello in two segments", tcp, 40000, []msg{client(hello[:20]), client(hello[20:])}, "eDonkey"},
		{"message of a conversation under way", tcp, 40000, []msg{server(status)}, "Unknown"},
		{"server status over UDP", udp, 4665, []msg{client("\xe3\x96\x1d\x3e\xaa\x55"), server("\xe3\x97\x1d\x3e\xaa\x55\x10\x27\x00\x00\x40\x42\x0f\x00")}, "eDonkey"},
		{"reask over UDP", udp, 4672, []msg{client("\xc5\x90" + hash + "\x01\x00"), server("\xc5\x91\x03\x00")}, "eDonkey"},
		{"unassigned code over UDP", udp, 4672, []msg{client("\xe3\x20" + hash)}, "Unknown"},
		{"reask to another port", udp, 40000, []msg{client("\xc5\x90" + hash)}, "Unknown"},
		{"hello with something else behind", tcp, 40000, []msg{client(hello + "\x00\x00")}, "Unknown"},
		{"length of a megabyte", tcp, 40000, []msg{client("\xe3\x00\x00\x10\x00\x01\x10" + strings.Repeat("\x11", 64))}, "Unknown"},
	})
}
