package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestSoftEther(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	pack := "\x00\x00\x00\x05\x00\x00\x00\x0ahost_name\x00\x00\x00\x02\x00\x00\x00\x01\x00\x00\x00\x06laptop" +
		"\x00\x00\x00\x07opcode\x00\x00\x00\x02\x00\x00\x00\x01\x00\x00\x00\x09nat_t_req"
	checkConversations(t, []conversation{
		{"what is my address?", udp, 5004, []msg{client("A"), server("IP=192.0.2.1,PORT=51234")}, "Softether"},
		{"the answer alone", udp, 5004, []msg{server("IP=192.0.2.1,PORT=51234")}, "Softether"},
		{"an address alone", udp, 5004, []msg{server("IP=192.0.2.1")}, "Unknown"},
		{"one letter", udp, 5004, []msg{client("A"), client("A")}, "Unknown"},
		{"named values", udp, 40000, []msg{client(pack)}, "Softether"},
		{"a name in capitals, with an index", udp, 40000, []msg{client("\x00\x00\x00\x01\x00\x00\x00\x09IsIPv6@0\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x00")}, "Softether"},
		{"values without a name", udp, 40000, []msg{client(pack[:8] + "\x01" + pack[9:])}, "Unknown"},
		{"values of a type that does not exist", udp, 40000, []msg{client(pack[:20] + "\x05" + pack[21:])}, "Unknown"},
		{"a connection is asked for", tcp, 5555, []msg{client("VPNCONNECT\x00\x00\x00\x00")}, "Softether"},
	})
}
