package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestQQ(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a log-in packet", udp, 8000, []msg{client("\x027\x13\x08%\x124\x00\x01\x02\x03\x04\x05\x06\x07\x08\x03")}, "QQ"},
		{"another end", udp, 8000, []msg{client("\x027\x13\x08%\x124\x00\x01\x02\x03\x04\x05\x06\x07\x08\x04")}, "Unknown"},
	})
}
