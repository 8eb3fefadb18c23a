package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestSyncthing(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	// A device id, an address, an instance number.
	announcement := "\x2e\xa7\xd9\x0b\x0a\x20" + strings.Repeat("\x5a", 32) + "\x12\x15tcp://192.0.2.1:22000\x18\x96\x01"
	join := "\x9e\x79\xbc\x40\x00\x00\x00\x03\x00\x00\x00\x24\x00\x00\x00\x20" + strings.Repeat("\x5a", 32)
	checkConversations(t, []conversation{
		{"local discovery", udp, 21027, []msg{client(announcement)}, "Syncthing"},
		{"hello", tcp, 40000, []msg{client("\x2e\xa7\xd9\x0b\x00\x13\x0a\x05alpha\x12\x09syncthing")}, "Syncthing"},
		{"session request to a relay", tcp, 22067, []msg{client(join)}, "Syncthing"},
		{"relay's magic over UDP", udp, 21027, []msg{client(join)}, "Unknown"},
		{"discovery version 2", udp, 21025, []msg{client("\x9d\x79\xbc\x39" + strings.Repeat("\x5a", 40))}, "Unknown"},
	})
}
