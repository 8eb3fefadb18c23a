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
		{"a terminal's data, compressed", tcp, 3201, []msg{client("\x00\x00\x00\x28\x00\x11\x00\x00\x00\x00\x00\x01\x5c\x01\x00\x00\x12\x1f\x9d\x02" + strings.Repeat("\x5a", 24))}, "SAP"},
		{"a terminal's data, other bytes", tcp, 3201, []msg{client("\x00\x00\x00\x28\x00\x11\x00\x00\x00\x00\x00\x01\x5c\x01\x00\x00\x12\x1f\x8b\x02" + strings.Repeat("\x5a", 24))}, "Unknown"},
		{"a terminal's data that is not compressed", tcp, 3201, []msg{client("\x00\x00\x00\x28\x00\x11\x00\x00\x00\x00\x00\x00\x5c\x01\x00\x00\x12\x1f\x9d\x02" + strings.Repeat("\x5a", 24))}, "Unknown"},
		{"the message server", tcp, 3601, []msg{client("\x00\x00\x00\x6e**MESSAGE**\x00\x04\x00-" + strings.Repeat(" ", 39))}, "SAP"},
		{"the enqueue server", tcp, 3200, []msg{client("\x00\x00\x00\x14\xab\xcd\xe1\x23\x00\x00\x00\x00\x00\x00\x00\x14\x00\x00\x00\x14\x06\x0b\x00\x00")}, "SAP"},
	})
}
