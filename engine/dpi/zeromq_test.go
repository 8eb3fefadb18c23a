package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestZeroMQ(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"the greetings", tcp, 5555, []msg{client("\xff\x00\x00\x00\x00\x00\x00\x00\x00\x7f\x03\x00NULL" + strings.Repeat("\x00", 48)), server("\xff\x00\x00\x00\x00\x00\x00\x00\x00\x7f\x03\x00NULL" + strings.Repeat("\x00", 48))}, "ZeroMQ"},
		{"another signature", tcp, 5555, []msg{client("\xff\x00\x00\x00\x00\x00\x00\x00\x00~\x03\x00NULL" + strings.Repeat("\x00", 48))}, "Unknown"},
	})
}
