package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestArmagetron(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	login := "\x00\x0b\x00\x01\x00\x03\x00\x14\x00\x00\x00\x01" + "\x00\x18\x00\x02\x00\x01\x00\x2a" + "\x00\x00"
	ack := "\x00\x01\x00\x00\x00\x01\x00\x01" + "\x00\x00"
	first := "\x00\x0b\x00\x00\x00\x06\x00\x08\x00\x05laey\x72\x00\x00\x01" + "\x00\x00"
	checkConversations(t, []conversation{
		{"log-in at the usual port", udp, 4534, []msg{client(login)}, "Armagetron"},
		{"log-in and its acknowledgement elsewhere", udp, 40000, []msg{client(login), server(ack)}, "Armagetron"},
		{"log-in elsewhere", udp, 40000, []msg{client(login)}, "Unknown"},
		{"log-in of a newcomer elsewhere", udp, 40000, []msg{client(first)}, "Armagetron"},
		{"the same at no speed", udp, 40000, []msg{client(first[:7] + "\x00" + first[8:])}, "Unknown"},
		{"synchronisation elsewhere", udp, 40000, []msg{client("\x00\x1c\x01\x02\x00\x04\x00\x00\x05\x00\x00\x01\x00\x00\x00\x00")}, "Armagetron"},
		{"synchronisation of one word", udp, 40000, []msg{client("\x00\x1c\x01\x02\x00\x01\x00\x00\x00\x00")}, "Unknown"},
		{"a server is asked about itself", udp, 4535, []msg{client("\x00\x35\x00\x00\x00\x00\x00\x00")}, "Armagetron"},
		{"the same elsewhere", udp, 40000, []msg{client("\x00\x35\x00\x00\x00\x00\x00\x00")}, "Unknown"},
		{"another empty message", udp, 4534, []msg{client("\x00\x45\x00\x00\x00\x00\x00\x00")}, "Unknown"},
		{"a word too many", udp, 4534, []msg{client(login + "\x00\x00")}, "Unknown"},
	})
}
