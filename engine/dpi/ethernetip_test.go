package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestEthernetIP(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a session is registered", tcp, 44818, []msg{client("e\x00\x04\x00\x00\x00\x00\x00\x00\x00\x00\x00flowloom\x00\x00\x00\x00\x01\x00\x00\x00"), server("e\x00\x04\x00\x00\x00\x00\x00\x00\x00\x00\x00flowloom\x00\x00\x00\x00\x01\x00\x00\x00")}, "EthernetIP"},
		{"identities are listed, to all", udp, 44818, []msg{client("c\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00flowloom\x00\x00\x00\x00")}, "EthernetIP"},
		{"an unknown command", tcp, 44818, []msg{client("w\x00\x02\x00\x00\x00\x00\x00\x00\x00\x00\x00flowloom\x00\x00\x00\x00\x01\x00")}, "Unknown"},
		{"a session on another port", tcp, 40000, []msg{client("e\x00\x04\x00\x00\x00\x00\x00\x00\x00\x00\x00flowloom\x00\x00\x00\x00\x01\x00\x00\x00")}, "EthernetIP"},
		{"a session of an unknown version on another port", tcp, 40000, []msg{client("e\x00\x04\x00\x00\x00\x00\x00\x00\x00\x00\x00flowloom\x00\x00\x00\x00\x02\x00\x00\x00")}, "Unknown"},
		{"identities are listed on another port", udp, 40000, []msg{client("c\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00flowloom\x00\x00\x00\x00")}, "Unknown"},
	})
}
