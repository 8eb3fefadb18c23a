package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestTelnet(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"options are negotiated", tcp, 23, []msg{server("\xff\xfd\x18\xff\xfd \xff\xfd#\xff\xfd'"), client("\xff\xfb\x18\xff\xfc ")}, "Telnet"},
		{"two options, on another port", tcp, 40000, []msg{server("\xff\xfd\x18\xff\xfb\x01")}, "Telnet"},
		{"a verb that does not exist", tcp, 23, []msg{server("\xff\x10\x18\xff\xfd ")}, "Unknown"},
	})
}
