package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestSpotify(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	hello := "\x00\x04\x00\x00\x00\xb4\x52\x0e\x50\x00\x60\x07\x88\x01\xa5\xc8\x80\x92\x02\xb2\x3f\x00\x92\x03" + strings.Repeat("\x5a", 156)
	checkConversations(t, []conversation{
		{"client's hello", tcp, 4070, []msg{client(hello)}, "Spotify"},
		{"local discovery", udp, 57621, []msg{client("SpotUdp0\x5e\x08\xa2\x11\x96\x3c\x28\x00\x00\x01\x00\x04\x48\x95\xc2\x03")}, "Spotify"},
		{"another discovery", udp, 57621, []msg{client("SpotTcp0\x5e\x08\xa2\x11")}, "Unknown"},
		{"message of another kind", tcp, 4070, []msg{client("\x00\x04\x00\x00\x00\xb4\x0a\x0e\x50" + strings.Repeat("\x5a", 150))}, "Unknown"},
	})
}
