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
	kadAsks, kadAnswers := "\xe4\x21\x02"+hash+hash, "\xe4\x29"+hash+"\x01"+hash+"\xc0\x00\x02\x01\x36\x12\x36\x12\x08"
	checkConversations(t, []conversation{
		{"hello of a client and the answer", tcp, 4662, []msg{client(hello), server(answer)}, "eDonkey"},
		{"hello and eMule's information in one segment", tcp, 40000, []msg{client(hello + info)}, "eDonkey"},
		{"login at a server", tcp, 4661, []msg{client(message(0xe3, "\x01"+user))}, "eDonkey"},
		{"hello in two segments", tcp, 40000, []msg{client(hello[:20]), client(hello[20:])}, "eDonkey"},
		{"message of a conversation under way", tcp, 40000, []msg{server(status)}, "Unknown"},
		{"server status over UDP", udp, 4665, []msg{client("\xe3\x96\x1d\x3e\xaa\x55"), server("\xe3\x97\x1d\x3e\xaa\x55\x10\x27\x00\x00\x40\x42\x0f\x00")}, "eDonkey"},
		{"reask over UDP", udp, 4672, []msg{client("\xc5\x90" + hash + "\x01\x00"), server("\xc5\x91\x03\x00")}, "eDonkey"},
		{"messages of both sides of a conversation under way", tcp, 40000, []msg{client(status), server(message(0xd4, "\x40\x78\xda"))}, "eDonkey"},
		{"message of one side, something else of the other", tcp, 40000, []msg{client(status), server("\x00" + status)}, "Unknown"},
		{"somebody near is looked for in Kademlia", udp, 40000, []msg{client(kadAsks), server(kadAnswers)}, "eDonkey"},
		{"the same without an answer", udp, 40000, []msg{client(kadAsks), client(kadAsks)}, "Unknown"},
		{"the same without an answer at the usual port", udp, 4672, []msg{client(kadAsks)}, "eDonkey"},
		{"the same of another size", udp, 4672, []msg{client(kadAsks + "\x00")}, "Unknown"},
		{"an answer that is compressed", udp, 40000, []msg{client("\xe4\x01"), server("\xe5\x09\x78\xda" + hash)}, "eDonkey"},
		{"reask to another port and the answer", udp, 40000, []msg{client("\xc5\x90" + hash + "\x01\x00"), server("\xc5\x93")}, "eDonkey"},
		{"reask without a hash", udp, 4672, []msg{client("\xc5\x90\x01\x00")}, "Unknown"},
		{"unassigned code over UDP", udp, 4672, []msg{client("\xe3\x20" + hash)}, "Unknown"},
		{"reask to another port", udp, 40000, []msg{client("\xc5\x90" + hash)}, "Unknown"},
		{"hello with something else behind", tcp, 40000, []msg{client(hello + "\x00\x00")}, "Unknown"},
		{"length of a megabyte", tcp, 40000, []msg{client("\xe3\x00\x00\x10\x00\x01\x10" + strings.Repeat("\x11", 64))}, "Unknown"},
	})
}
