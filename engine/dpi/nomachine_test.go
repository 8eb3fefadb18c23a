package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestNX(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"the greetings", tcp, 4000, []msg{server("NXSH-7.4.1\n"), client("NXSH-7.4.1\n")}, "NoMachine"},
		{"another greeting", tcp, 4000, []msg{server("NXT-7.4.1\n")}, "Unknown"},
	})
}
