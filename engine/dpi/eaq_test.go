package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestEAQ(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	// Counter, seconds, microseconds, a number.
	probe := func(n byte) string {
		return "\x00\x00\x00" + string([]byte{n}) + "\x00\x00\x0d\xda\x00\x01\x4b\x07\x00\x00\x90\x00"
	}
	echo := func(n byte) string { return probe(n)[:14] + "\x60\x00" }
	checkConversations(t, []conversation{
		{"probes and their echoes", udp, 6000, []msg{
			client(probe(0)), server(echo(0)), client(probe(1)), server(echo(1)), client(probe(2)), server(echo(2)), client(probe(3))}, "EAQ"},
		{"probes without an answer, one lost", udp, 6000, []msg{client(probe(0)), client(probe(1)), client(probe(3)), client(probe(4))}, "EAQ"},
		{"three probes", udp, 6000, []msg{client(probe(0)), client(probe(1)), client(probe(2))}, "Unknown"},
		{"no counter", udp, 6000, []msg{client(probe(7)), client(probe(7)), client(probe(7)), client(probe(7))}, "Unknown"},
		{"another port", udp, 6001, []msg{client(probe(0)), client(probe(1)), client(probe(2)), client(probe(3))}, "Unknown"},
	})
}
