package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestZoom(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	id := "\x7d\x46\x4d\x35\xff\xfd\xa2\x34\x49\x5d\x0d\x6d\x3b\x51\xe8\x96"
	hello := "\x01\x00\x02" + id + "\x00\x00\x00\x00\x00\x00\x00\x02\x00\x7a\x00\x2a\x00\x7a\x00\x2a\x00\x00\x00\x40" + strings.Repeat("\x5a", 64)
	answer := "\x02\x00\x01" + id + "\x00\x5a\x0e\x3e\x00\x7a\x00\x2a\x00\x00\x00\x00\x00\x00\x00\x00"
	// Server's frame (5), video (16), and RTP inside.
	video := "\x05\x10\x2a\x01\x00\x00\x00\x04\x10\x00\x31\x00\x00\x27\x2e\xc9" + strings.Repeat("\x5a", 8) + "\x90\x62\x12\x34" + strings.Repeat("\x5a", 60)
	peer := "\x1f\x02\x01\x00\x08\x00\x01\x00\x04\x00\x5c\x9b\x63\x7b\x00\x00\x00\x64\x00\x00\x00\x62\xa0\x4c\x00\x00\x00\x09192.0.2.1\x00\x00\x00\x24" + strings.Repeat("A", 36)
	checkConversations(t, []conversation{
		{"opening at a media server", udp, 8801, []msg{client(hello), server(answer)}, "Zoom"},
		{"keep-alive and its answer", udp, 8801, []msg{server("\x03\x00\x00\x00\x01\x76\x2a\x8d\x74\x00\x5a\x0e\x3e"), client("\x04\x00\x00\x00\x01\x76\x2a\x8d\x74\x00\x5a\x0e\x3e")}, "Zoom"},
		{"media under way", udp, 8801, []msg{server(video)}, "Zoom"},
		{"hello between participants", udp, 41036, []msg{client(peer)}, "Zoom"},
		{"opening on another port", udp, 40000, []msg{client(hello)}, "Unknown"},
		{"no frame of Zoom's", udp, 8801, []msg{client(noise(40))}, "Unknown"},
		{"hello cut off", udp, 41036, []msg{client(peer[:32])}, "Unknown"},
	})
}
