package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestHiSLIP(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"initialize", tcp, 4880, []msg{client("HS\x00\x00\x01\x00zz\x00\x00\x00\x00\x00\x00\x00\x07hislip0")}, "HiSLIP"},
		{"initialize response on another port", tcp, 40000, []msg{server("HS\x01\x00\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00")}, "HiSLIP"},
		{"text", tcp, 4880, []msg{client("HSTS is a header of HTTP, not of instruments\r\n")}, "Unknown"},
	})
}
