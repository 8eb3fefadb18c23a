package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestUMAS(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"initialise and its answer", tcp, 502, []msg{
			client("\x00\x01\x00\x00\x00\x05\x00\x5a\x00\x01\x00"),
			server("\x00\x01\x00\x00\x00\x0b\x00\x5a\x00\xfe\xfd\x03\x00\x00\x00\x00\x00"),
		}, "UMAS"},
		{"reading coils is plain Modbus", tcp, 502, []msg{client("\x00\x01\x00\x00\x00\x06\x00\x01\x00\x00\x00\x08")}, "Modbus"},
		{"on another port", tcp, 40000, []msg{client("\x00\x01\x00\x00\x00\x05\x00\x5a\x00\x01\x00")}, "UMAS"},
		{"on another port, another length", tcp, 40000, []msg{client("\x00\x01\x00\x00\x00\x06\x00\x5a\x00\x01\x00")}, "Unknown"},
	})
}
