package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestNRPE(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"a check is asked for", tcp, 5666, []msg{client("\x00\x02\x00\x01\x1a+<M\x00\x00check_load" + strings.Repeat("\x00", 1014) + "NR")}, "Nagios"},
		{"a version that does not exist", tcp, 5666, []msg{client("\x00\t\x00\x01\x1a+<M\x00\x00check_load")}, "Unknown"},
		{"on another port", tcp, 40000, []msg{client("\x00\x02\x00\x01\x1a+<M\x00\x00check_load")}, "Unknown"},
	})
}
