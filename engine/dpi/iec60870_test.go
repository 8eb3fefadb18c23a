package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestIEC60870(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"data transfer is started", tcp, 2404, []msg{client("h\x04\x07\x00\x00\x00"), server("h\x04\x0b\x00\x00\x00")}, "IEC60870"},
		{"a measured value", tcp, 2404, []msg{server("h\x0e\x00\x00\x00\x00\r\x01\x03\x00\x01\x00\x01\x00\x00\x17")}, "IEC60870"},
		{"a test frame on another port", tcp, 40000, []msg{client("h\x04C\x00\x00\x00")}, "IEC60870"},
		{"an unnumbered frame with more in it than it may have", tcp, 2404, []msg{client("h\x04\x07\x01\x00\x00")}, "Unknown"},
	})
}
