package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestDofus(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	key := "qwertzuiopasdfghjklyxcvbnmqwertz"
	required := "\x00\x05\x08\x00\x00\x05\x18\x00\x00\x05\x1a"
	unity := "\x2a\x0a\x28\x0a\x26\x0a\x13type.ankama.com/abc\x12\x0f\x0a\x0d0123456789abc"
	checkConversations(t, []conversation{
		{"log-in server's greeting", tcp, 443, []msg{server("HC" + key + "\x00"), client("1.29.1\n\x00")}, "Dofus"},
		{"game server's greeting and a ticket", tcp, 5555, []msg{server("HG\x00"), client("AT7354319\n\x00")}, "Dofus"},
		{"game server's greeting alone", tcp, 5555, []msg{server("HG\x00")}, "Unknown"},
		{"no ticket", tcp, 5555, []msg{server("HG\x00"), client("AT\x00")}, "Unknown"},
		{"another answer", tcp, 5555, []msg{server("HG\x00"), client("GET / HTTP/1.0\r\n\x00")}, "Unknown"},
		{"version 2", tcp, 5555, []msg{server(required)}, "Dofus"},
		{"version 2 and what follows", tcp, 40000, []msg{server(required + "\x01\x94")}, "Dofus"},
		{"version 2 and something else", tcp, 5555, []msg{server(required + "\x02\x94")}, "Unknown"},
		{"a build before the required one", tcp, 5555, []msg{server(required[:9] + "\x04\x1a")}, "Unknown"},
		{"version 3", tcp, 443, []msg{client(unity)}, "Dofus"},
		{"version 3 in two segments", tcp, 443, []msg{server(unity[:20]), server(unity[20:])}, "Dofus"},
		{"log-in of version 3", tcp, 5555, []msg{client("\x2e\x0a\x2c\x0a\x24123e4567-e89b-12d3-a456-426614174000\x12\x04\x0a\x02fr")}, "Dofus"},
		{"log-in of version 3 elsewhere", tcp, 40000, []msg{client("\x2e\x0a\x2c\x0a\x24123e4567-e89b-12d3-a456-426614174000\x12\x04\x0a\x02fr")}, "Unknown"},
		{"a field that does not fill the message", tcp, 5555, []msg{client("\x2e\x0a\x2b\x0a\x24123e4567-e89b-12d3-a456-426614174000\x12\x04\x0a\x02fr")}, "Unknown"},
		{"another type's address", tcp, 40000, []msg{client("\x2a\x0a\x28\x0a\x26\x0a\x13type.google.com/abc\x12\x0f\x0a\x0d0123456789abc")}, "Unknown"},
		{"text", tcp, 5555, []msg{server("HC" + key + "\r\n")}, "Unknown"},
	})
}
