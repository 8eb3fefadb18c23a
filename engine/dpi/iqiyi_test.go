package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestIQiyi(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	datagram := "\x1c\x40\x87\x00\x44\x74\x71\x7a\xa4\xf8\x2b\xb7\x30\x07\xf4\x6b\x02\x00\x00\x00\x00\x00\x00\x14\x97\xdd\x4e\x60\x6c\x72" + strings.Repeat("\x5a", 0x87-30)
	checkConversations(t, []conversation{
		{"query of a peer", udp, 16600, []msg{client(datagram)}, "iQIYI"},
		{"answer to it", udp, 16600, []msg{server("\x9c\x60\x88" + datagram[3:] + "\x00")}, "iQIYI"},
		{"another size", udp, 16600, []msg{client(datagram + "\x00")}, "Unknown"},
		{"other constants", udp, 16600, []msg{client(strings.Replace(datagram, "\x97\xdd", "\x97\xde", 1))}, "Unknown"},
	})
}
