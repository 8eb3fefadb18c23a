package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestLotusNotes(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"a request", tcp, 1352, []msg{client("v\x00\x00\x00\x01\x00\x00\x00\x02\x00\x00@\x02\x0f\x00\x007\x12Vx")}, "LotusNotes"},
		{"other bytes on the port", tcp, 1352, []msg{client("v\x00\x00\x00\x01\x00\x01\x00\x02\x00\x00@\x02\x0f\x00\x007\x12Vx")}, "Unknown"},
	})
}
