package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestOSCAR(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"a new connection", tcp, 5190, []msg{server("*\x01\x00\x01\x00\x04\x00\x00\x00\x01"), client("*\x01\x00\x01\x00\x04\x00\x00\x00\x01")}, "OSCAR"},
		{"a key for the password is asked for, alone", tcp, 5190, []msg{client("*\x02\x00\x01\x00\x14\x00\x17\x00\x06\x00\x00\x00\x00\x00\x00\x00\x01\x00\x06123456")}, "OSCAR"},
		{"data alone on another port", tcp, 40000, []msg{client("*\x02\x00\x01\x00\x14\x00\x17\x00\x06\x00\x00\x00\x00\x00\x00\x00\x01\x00\x06123456")}, "Unknown"},
		{"data without a family", tcp, 5190, []msg{client("*\x02\x00\x01\x00\x0a\x00\x00\x00\x00\x00\x00"), client("\x00\x00")}, "Unknown"},
		{"a subtype that does not exist", tcp, 5190, []msg{server("*\x07\x00\x01\x00\x04\x00\x00\x00\x01")}, "Unknown"},
	})
}
