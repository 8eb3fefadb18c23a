package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestSAP(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	header := "\xff\xff\xff\xff\x0a\x00\x00\x00\x00\x00\xff\xff\xff\xff\xff\xff\xff\xff\x01\x00\x00\x00\x00\x00"
	checkConversations(t, []conversation{
		{"a new terminal", tcp, 3200, []msg{client("\x00\x00\x01\x06" + header + strings.Repeat("\x20", 176) + "\x10\x04\x02\x00\x0c")}, "SAP"},
		{"a route", tcp, 3299, []msg{client("\x00\x00\x00\x2cNI_ROUTE\x00\x02\x28\x02\x00\x00\x00\x00\x13\x00\x00\x00\x0b192.0.2.1\x003299\x00\x00")}, "SAP"},
		{"ping between routers", tcp, 40000, []msg{client("\x00\x00\x00\x08NI_PING\x00")}, "SAP"},
		{"another word", tcp, 3299, []msg{client("\x00\x00\x00\x08NI_ABCD\x00")}, "Unknown"},
	})
}
