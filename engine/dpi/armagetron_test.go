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
	checkConversations(t, []conversation{
		{"log-in at the usual port", udp, 4534, []msg{client(login)}, "Armagetron"},
		{"log-in and its acknowledgement elsewhere", udp, 40000, []msg{client(login), server(ack)}, "Armagetron"},
		{"log-in elsewhere", udp, 40000, []msg{client(login)}, "Unknown"},
		{"a word too many", udp, 4534, []msg{client(login + "\x00\x00")}, "Unknown"},
	})
}
