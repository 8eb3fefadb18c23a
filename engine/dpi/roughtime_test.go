package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestRoughtime(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a request in frames", udp, 2002, []msg{client("ROUGHTIM\xf4\x03\x00\x00\x02\x00\x00\x00@\x00\x00\x00NONCPAD\xff" + strings.Repeat("Z", 64))}, "Roughtime"},
		{"an older request", udp, 2002, []msg{client("\x03\x00\x00\x00\x04\x00\x00\x00D\x00\x00\x00VER\x00NONCPAD\xff\x01\x00\x00\x00" + strings.Repeat("Z", 64) + strings.Repeat("\x00", 932))}, "Roughtime"},
		{"another tag", udp, 2002, []msg{client("\x03\x00\x00\x00\x04\x00\x00\x00D\x00\x00\x00VER\x00NOPEPAD\xff\x01\x00\x00\x00" + strings.Repeat("Z", 64) + strings.Repeat("\x00", 932))}, "Unknown"},
	})
}
