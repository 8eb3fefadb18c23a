package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestTINC(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"id of the meta protocol", tcp, 655, []msg{client("0 laptop 17\n"), server("0 office 17\n")}, "TINC"},
		{"id with the minor version of tinc 1.1", tcp, 40000, []msg{client("0 laptop 17.7\n")}, "TINC"},
		{"another first number", tcp, 655, []msg{client("1 laptop 17\n")}, "Unknown"},
		{"a sentence", tcp, 655, []msg{client("0 errors were found 17\n")}, "Unknown"},
	})
}

func TestOtherTunnels(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	isakmp := "\x00\x00\x00\x00\x00\x00\x00\x00" + "\x5a\x11\x7b\x20\x9c\x3d\x4e\x5f\x00\x00\x00\x00\x00\x00\x00\x00\x01\x10\x04\x00"
	checkConversations(t, []conversation{
		{"Cisco's IPsec", udp, 10000, []msg{client(isakmp)}, "CiscoVPN"},
		{"the same elsewhere", udp, 40000, []msg{client(isakmp)}, "Unknown"},
	})
}
