package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestEtherSIO(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a telegram", udp, 6060, []msg{client("ESIO\x00\x01\x00\x00\x00\x05\x00\x04\x01\x02\x03\x04")}, "EtherSIO"},
		{"another magic", udp, 6060, []msg{client("ESIX\x00\x01\x00\x00\x00\x05\x00\x04\x01\x02\x03\x04")}, "Unknown"},
	})
}
