package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestMatter(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	header := "\x04\x00\x00\x00\x8d\x2b\x11\x0e\x1f\x2e\x3d\x4c\x5b\x6a\x79\x88"
	secret := "\x8d\x2b\x11\x0e" + strings.Repeat("\x91\x28\x7e\x5c", 6)
	checkConversations(t, []conversation{
		{"parameters for a new device", udp, 5540, []msg{client(header + "\x05\x20\x31\xd7\x00\x00\x15\x30\x01\x20\x5c\x11\x22\x33\x44")}, "Matter"},
		{"first message of a certificate session", udp, 40000, []msg{client(header + "\x05\x30\x32\xd7\x00\x00\x15\x30\x01\x20\x5c\x11\x22\x33\x44")}, "Matter"},
		{"a secured session", udp, 5540, []msg{client("\x00\x31\x42\x00" + secret)}, "Matter"},
		{"a secured answer alone", udp, 5540, []msg{server("\x00\x31\x42\x00" + secret)}, "Matter"},
		{"to a group", udp, 5540, []msg{client("\x06\x31\x42\x81" + secret)}, "Matter"},
		{"an acknowledgement to an ephemeral node", udp, 5540, []msg{server("\x01" + header[1:] + "\x02\x10\x31\xd7\x00\x00\x8d\x2b\x11\x0e")}, "Matter"},
		{"a secured session on another port says nothing", udp, 40000, []msg{client("\x00\x31\x42\x00" + secret)}, "Unknown"},
		{"what is not encrypted", udp, 5540, []msg{server("\x00\x00\x84\x00\x00\x00\x00\x01\x00\x00\x00\x00\x05_http\x04_tcp\x05local\x00\x00\x0c\x00\x01")}, "Unknown"},
		{"too short for the integrity check", udp, 5540, []msg{client("\x00\x31\x42\x00" + secret[:20])}, "Unknown"},
		{"a kind of session that does not exist", udp, 5540, []msg{client("\x00\x31\x42\x02" + secret)}, "Unknown"},
		{"another protocol", udp, 5540, []msg{client(header + "\x05\x20\x31\xd7\x01\x00\x15\x30\x01\x20\x5c\x11\x22\x33\x44")}, "Unknown"},
	})
}
