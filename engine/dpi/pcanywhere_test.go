package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestPCAnywhere(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a status query", udp, 5632, []msg{client("NQ")}, "PcAnywhere"},
		{"another query", udp, 5632, []msg{client("NX")}, "Unknown"},
	})
}
