package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestKismet(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"the greeting of a server", tcp, 2501, []msg{server("*KISMET: 0.0.0 1262300000 \x01Kismet\x01 2008.05.R1 \n*PROTOCOLS: KISMET,ERROR,ACK\n")}, "Kismet"},
		{"another one with an asterisk, on another port", tcp, 40000, []msg{server("*HELLO: 0.0.0\n")}, "Unknown"},
	})
}
