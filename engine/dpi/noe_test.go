package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestNOE(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	checkConversations(t, []conversation{
		{"keep-alive and its answer", udp, 32512, []msg{client("\x04"), server("\x05")}, "NOE"},
		{"a telephone connects", udp, 32512, []msg{client("\x00\x00\x01\x00\x01\x01\x01\x02\x01\x0a\x03\x01\x0a")}, "NOE"},
		{"data", udp, 32512, []msg{server("\x07\x00\x01\x00\x02\x04\x00\x13\x01\x02\x00")}, "NOE"},
		{"data on another port of an exchange", udp, 32640, []msg{server("\x07\x00\x01\x00\x02\x04\x00\x13\x01\x02\x00")}, "NOE"},
		{"sequence numbers of both sides elsewhere", udp, 40000, []msg{client("\x07\x00\x01\x00\x02"), server("\x07\x00\x02\x00\x02")}, "NOE"},
		{"data, and that it came, elsewhere", udp, 40000, []msg{server("\x07\x00\x01\x00\x02\x04\x00\x13\x01\x02\x00\x00"), client("\x07\x00\x02\x00\x02")}, "NOE"},
		{"sequence numbers of one side elsewhere", udp, 40000, []msg{client("\x07\x00\x01\x00\x02"), client("\x07\x00\x02\x00\x02")}, "Unknown"},
		{"a larger number elsewhere", udp, 40000, []msg{client("\x07\x00\x01\x00\x02"), server("\x07\x01\x02\x00\x02")}, "Unknown"},
		{"large numbers on another port of an exchange", udp, 32640, []msg{server("\x07\x39\x01\x17\x02\x04\x00\x13\x01\x02\x00")}, "Unknown"},
		{"data of a connection that stands", udp, 32512, []msg{server("\x07\x39\x01\x17\x02\x04"), client("\x07\x17\x02\x39\x02"), server("\x07\x39\x02\x17\x03\x04")}, "NOE"},
		{"nothing but zeros", udp, 32512, []msg{client("\x00\x00\x00\x00\x00")}, "Unknown"},
		{"keep-alive elsewhere", udp, 40000, []msg{client("\x04"), server("\x05")}, "Unknown"},
		{"options beyond the end", udp, 32512, []msg{client("\x00\x01\x7f\x01")}, "Unknown"},
	})
}
