package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestBGP(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	marker := strings.Repeat("\xff", 16)
	checkConversations(t, []conversation{
		{"BGP keepalive", tcp, 179, []msg{client(marker + "\x00\x13\x04")}, "BGP"},
		{"BGP open, of the server only", tcp, 40000, []msg{server(marker + "\x00\x1d\x01\x04\xfd\xe8\x00\xb4\xc0\x00\x02\x01\x00")}, "BGP"},
		{"an extended update", tcp, 179, []msg{server(marker + "\x20\x00\x02" + strings.Repeat("\x18\xc0\x00\x02", 300))}, "BGP"},
		{"a request to send routes again, as before it was standard", tcp, 40000, []msg{client(marker + "\x00\x17\x80\x00\x01\x00\x01")}, "BGP"},
		{"an open as long as no open is", tcp, 179, []msg{client(marker + "\x20\x00\x01\x04")}, "Unknown"},
		{"BGP of an unknown type", tcp, 40000, []msg{client(marker + "\x00\x13\x09")}, "Unknown"},
		{"BGP shorter than its header", tcp, 40000, []msg{client(marker + "\x00\x12\x04")}, "Unknown"},
	})
}
