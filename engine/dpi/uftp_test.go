package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestUFTP(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	// Type, sequence, source, group, instance; extension, times, addresses.
	announce := "\x01\x00\x00\x0a\x00\x00\x01\x96\xf4\xc3\x04\x00\x9d\x00\x00\x01\x06\x00\x14\x00\x00\x05\x14\x57\xa6\x5c\x1d\x00\x05\x7a\x51\xe6\x04\x04\x01\xe6\x05\x05\x38"
	segment := "\x09\x00\x31\x0a\x00\x00\x01\x96\xf4\xc3\x04\x00\x6a\x18\x00\x09\x03\x00\x01\x00\x00\x00\x07" + strings.Repeat("\x5a", 200)
	checkConversations(t, []conversation{
		{"announcement of version 4", udp, 1044, []msg{client("\x40" + announce)}, "UFTP"},
		{"announcement of version 5", udp, 1044, []msg{client("\x50" + announce)}, "UFTP"},
		{"segment of a file", udp, 1044, []msg{client("\x50" + segment)}, "UFTP"},
		{"registration of a receiver", udp, 1044, []msg{server("\x40\x02" + announce[1:30])}, "UFTP"},
		{"version 6", udp, 1044, []msg{client("\x60" + announce)}, "Unknown"},
		{"unassigned type", udp, 1044, []msg{client("\x40\x1d" + announce[1:])}, "Unknown"},
		{"another port", udp, 40000, []msg{client("\x40" + announce)}, "Unknown"},
	})
}
