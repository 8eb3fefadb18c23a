package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestFINS(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	checkConversations(t, []conversation{
		{"memory is read over UDP", udp, 9600, []msg{client("\x80\x00\x02\x00\x01\x00\x00\x02\x00\x07\x01\x01\x82\x00d\x00\x00\x01")}, "FINS"},
		{"the node address over TCP", tcp, 9600, []msg{client("FINS\x00\x00\x00\x0c\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00")}, "FINS"},
		{"a gateway count that is too high", udp, 9600, []msg{client("\x80\x00\"\x00\x01\x00\x00\x02\x00\x07\x01\x01\x82\x00d\x00\x00\x01")}, "Unknown"},
		{"no gateway", udp, 9600, []msg{client("\x00\x00\x02\x00\x01\x00\x00\x02\x00\x07\x01\x01\x82\x00d\x00\x00\x01")}, "Unknown"},
		{"a command that no controller has", udp, 9600, []msg{client("\x80\x00\x02\x00\x01\x00\x00\x02\x00\x07\x41\x01\x82\x00d\x00\x00\x01")}, "Unknown"},
		{"memory is read on another port", udp, 40000, []msg{client("\x80\x00\x02\x00\x01\x00\x00\xfe\x00\x01\x01\x01\x82\x00d\x00\x00\x01")}, "FINS"},
		{"the controller's answer on another port", udp, 40000, []msg{server("\xc0\x00\x02\x00\xfe\x00\x00\x01\x00\x01\x05\x01\x00\x00CJ2M-CPU31")}, "FINS"},
		{"a group without commands on another port", udp, 40000, []msg{client("\x80\x00\x02\x00\x01\x00\x00\xfe\x00\x01\x08\x01\x82\x00d\x00\x00\x01")}, "Unknown"},
		{"a unit that cannot be on another port", udp, 40000, []msg{client("\x80\x00\x02\x00\x01\x30\x00\xfe\x00\x01\x01\x01\x82\x00d\x00\x00\x01")}, "Unknown"},
		{"another word over TCP", tcp, 9600, []msg{client("FINISHED now")}, "Unknown"},
	})
}
