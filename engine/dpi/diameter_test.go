package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestDiameter(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	const ids = "\x00\x00\x00\x00\x11\x22\x33\x44\x55\x66\x77\x88"
	host := "\x00\x00\x01\x08\x40\x00\x00\x14a.example.co"
	capabilities := "\x01\x00\x00\x28\x80\x00\x01\x01" + ids + host
	answer := "\x01\x00\x00\x34\x00\x00\x01\x01" + ids + "\x00\x00\x01\x0c\x40\x00\x00\x0c\x00\x00\x07\xd1" + host
	credit := "\x01\x00\x00\x28\xc0\x00\x01\x10\x00\x00\x00\x04" + ids[4:] + host
	checkConversations(t, []conversation{
		{"capabilities and answer", tcp, 3868, []msg{client(capabilities), server(answer)}, "Diameter"},
		{"credit control on another port", tcp, 40000, []msg{client(credit)}, "Diameter"},
		{"update of a phone's location", tcp, 40000, []msg{client("\x01\x00\x00\x28\xc0\x00\x01\x3c" + credit[8:])}, "Diameter"},
		{"3GPP's own command", tcp, 40000, []msg{client("\x01\x00\x00\x28\xc0\x80\x00\x0c" + credit[8:])}, "Diameter"},
		{"unassigned command", tcp, 3868, []msg{client("\x01\x00\x00\x28\x80\x00\x10\x00" + capabilities[8:])}, "Unknown"},
		{"reserved flags", tcp, 3868, []msg{client("\x01\x00\x00\x28\x8f" + capabilities[5:])}, "Unknown"},
		{"length between words", tcp, 3868, []msg{client("\x01\x00\x00\x29" + capabilities[4:])}, "Unknown"},
		{"zeros", tcp, 40000, []msg{client("\x01" + strings.Repeat("\x00", 40))}, "Unknown"},
	})
}
