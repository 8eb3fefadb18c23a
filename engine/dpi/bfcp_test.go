package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestBFCP(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	const ids = "\x00\x00\x10\x01\x00\x01\x00\x02"
	floor := "\x05\x04\x00\x01" // FLOOR-ID, mandatory
	checkConversations(t, []conversation{
		{"floor request over TCP", tcp, 50001, []msg{client("\x20\x01\x00\x01" + ids + floor)}, "BFCP"},
		{"hello and its answer over UDP", udp, 50001, []msg{
			client("\x40\x0b\x00\x00" + ids),
			server("\x50\x0c\x00\x04" + ids + "\x14\x08\x01\x02\x03\x04\x05\x06\x16\x05\x02\x04\x06\x00\x00\x00"),
		}, "BFCP"},
		{"attributes beyond the end", udp, 50001, []msg{client("\x40\x01\x00\x01" + ids + "\x05\x09\x00\x01")}, "Unknown"},
		{"version 1 over UDP", udp, 50001, []msg{client("\x20\x01\x00\x01" + ids + floor)}, "BFCP"},
		{"goodbye and its answer", udp, 50001, []msg{server("\x20\x10\x00\x00" + ids), client("\x30\x11\x00\x00" + ids)}, "BFCP"},
		{"hello without an answer, again", udp, 50001, []msg{client("\x40\x0b\x00\x00" + ids), client("\x40\x0b\x00\x00" + ids)}, "BFCP"},
		{"goodbye and its answer over TCP", tcp, 50001, []msg{client("\x20\x10\x00\x00" + ids), server("\x20\x11\x00\x00" + ids)}, "BFCP"},
		{"hello alone", udp, 50001, []msg{client("\x20\x0b\x00\x00" + ids)}, "Unknown"},
		{"hello and another conference", udp, 50001, []msg{client("\x20\x0b\x00\x00" + ids), server("\x20\x11\x00\x00\x00\x00\x10\x02" + ids[4:])}, "Unknown"},
		{"version 2 over TCP", tcp, 50001, []msg{client("\x40\x01\x00\x01" + ids + floor)}, "Unknown"},
	})
}
