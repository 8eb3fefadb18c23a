package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestGlobalProtect(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	secret := strings.Repeat("\x8e\x27\xf1\x60", 10)
	datagram := func(association, number string) msg {
		return client("\xc1\x02\x00" + association + "\x00\x00\x00" + number + secret)
	}
	checkConversations(t, []conversation{
		{"a tunnel", udp, 4501, []msg{datagram("\x01", "\x01"), datagram("\x01", "\x02")}, "GlobalProtect"},
		{"one datagram", udp, 4501, []msg{datagram("\x01", "\x01")}, "Unknown"},
		{"two associations", udp, 4501, []msg{datagram("\x01", "\x01"), datagram("\x02", "\x02")}, "Unknown"},
		{"a datagram twice", udp, 4501, []msg{datagram("\x01", "\x01"), datagram("\x01", "\x01")}, "Unknown"},
		{"a number that goes down", udp, 4501, []msg{datagram("\x01", "\x02"), datagram("\x01", "\x01")}, "Unknown"},
		{"on another port", udp, 40000, []msg{datagram("\x01", "\x01"), datagram("\x01", "\x02")}, "Unknown"},
	})
}
