package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestRakNet(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	const magic = "\x00\xff\xff\x00\xfe\xfe\xfe\xfe\xfd\xfd\xfd\xfd\x12\x34\x56\x78"
	// A connection request, reliable: 144 bits.
	frames := "\x84\x00\x00\x00\x40\x00\x90\x00\x00\x00\x09\x12\x34\x56\x78\x9a\xbc\xde\xf0\x00\x00\x00\x00\x00\x15\xe9\x3b\x00"
	ordered := "\x84\x01\x00\x00\x60\x00\x18\x01\x00\x00\x00\x00\x00\x00\x86\x01\x02" + "\x00\x00\x08\x15"
	checkConversations(t, []conversation{
		{"a client asks which protocol is spoken", udp, 19132, []msg{client("\x05" + magic + "\x0b" + strings.Repeat("\x00", 100))}, "RakNet"},
		{"a server's answer", udp, 40000, []msg{server("\x06" + magic + "\x00\x01\x02\x03\x04\x05\x06\x07\x00\x05\xd4")}, "RakNet"},
		{"acknowledgement of a range", udp, 40000, []msg{server("\xc0\x00\x01\x00\x01\x00\x00\x04\x00\x00")}, "RakNet"},
		{"two sets of frames", udp, 40000, []msg{client(frames), client(ordered)}, "RakNet"},
		{"one set of frames", udp, 40000, []msg{client(frames)}, "Unknown"},
		{"frames of another length", udp, 40000, []msg{client(frames + "\x40"), client(ordered + "\x40")}, "Unknown"},
		{"another magic", udp, 19132, []msg{client("\x05" + magic[1:] + "\x0b" + strings.Repeat("\x00", 100))}, "Unknown"},
	})
}
