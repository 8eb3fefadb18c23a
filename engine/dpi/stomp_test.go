package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestSTOMP(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"a client connects", tcp, 61613, []msg{client("CONNECT\naccept-version:1.2\nhost:example.net\n\n\x00"), server("CONNECTED\nversion:1.2\n\n\x00")}, "STOMP"},
		{"a shout", tcp, 40000, []msg{client("STOMPING\nfeet\n")}, "Unknown"},
	})
}
