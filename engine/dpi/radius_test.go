package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestRadius(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	authenticator := strings.Repeat("\x5a", 16)
	// User name, password, address of the asking device.
	request := "\x01\x2a\x00\x33" + authenticator + "\x01\x07alice\x02\x12" + strings.Repeat("\x77", 16) + "\x04\x06\xc0\x00\x02\x01"
	accept := "\x02\x2a\x00\x1a" + authenticator + "\x06\x06\x00\x00\x00\x02"
	accounting := "\x04\x2b\x00\x1a" + authenticator + "\x28\x06\x00\x00\x00\x01"
	checkConversations(t, []conversation{
		{"request and acceptance", udp, 1812, []msg{client(request), server(accept)}, "Radius"},
		{"accounting, answer without attributes", udp, 1813, []msg{client(accounting), server("\x05\x2b\x00\x14" + authenticator)}, "Radius"},
		{"old port", udp, 1645, []msg{client(request)}, "Radius"},
		{"disconnection", udp, 3799, []msg{client("\x28" + accounting[1:])}, "Radius"},
		{"another port", udp, 40000, []msg{client(request)}, "Unknown"},
		{"unassigned code", udp, 1812, []msg{client("\x63" + request[1:])}, "Unknown"},
		{"another length", udp, 1812, []msg{client(request + "\x00")}, "Unknown"},
		{"attribute beyond the packet", udp, 1812, []msg{client(request[:21] + "\xff" + request[22:])}, "Unknown"},
	})
}
