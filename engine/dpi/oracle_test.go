package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestOracle(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"a connect packet and a redirection", tcp, 1521, []msg{client("\x00j\x00\x00\x01\x00\x00\x00\x019\x01,\x00\x00\x08\x00\x7f\xff\x7f\x08\x00\x00\x00\x01\x00<\x00:\x00\x00\x00\x00AA" + strings.Repeat("\x00", 24) + "(DESCRIPTION=(CONNECT_DATA=(SERVICE_NAME=ORCL)))"), server("\x002\x00\x00\x05\x00\x00\x00\x00((ADDRESS=(PROTOCOL=tcp)(HOST=192.0.2.7))")}, "Oracle"},
		{"a connect packet on another port", tcp, 40000, []msg{client("\x00*\x00\x00\x01\x00\x00\x00\x01>\x01," + strings.Repeat("\x00", 30))}, "Oracle"},
		{"a type that does not exist", tcp, 1521, []msg{client("\x000\x00\x00M" + strings.Repeat("\x00", 43))}, "Unknown"},
		{"a packet with a checksum", tcp, 1521, []msg{client("\x000\x00\x07\x01" + strings.Repeat("\x00", 43))}, "Unknown"},
	})
}
