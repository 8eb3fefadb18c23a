package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestGearman(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"a worker's offer", tcp, 4730, []msg{client("\x00REQ\x00\x00\x00\x01\x00\x00\x00\x07reverse")}, "Gearman"},
		{"a job was created", tcp, 40000, []msg{server("\x00RES\x00\x00\x00\x08\x00\x00\x00\x0eH:lap:12345678")}, "Gearman"},
		{"unknown type", tcp, 4730, []msg{client("\x00REQ\x00\x00\x01\x01\x00\x00\x00\x07reverse")}, "Unknown"},
	})
}
