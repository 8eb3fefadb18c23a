package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestOpenFlow(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"hello of version 1.3", tcp, 6653, []msg{server("\x04\x00\x00\x10\x00\x00\x00\x01\x00\x01\x00\x08\x00\x00\x00\x10"), client("\x04\x00\x00\x08\x00\x00\x00\x02")}, "OpenFlow"},
		{"another message first", tcp, 6653, []msg{server("\x04\x05\x00\x08\x00\x00\x00\x01")}, "OpenFlow"},
		{"a hello on another port", tcp, 40000, []msg{server("\x04\x00\x00\x08\x00\x00\x00\x01")}, "OpenFlow"},
		{"a hello with versions on another port", tcp, 40000, []msg{client("\x06\x00\x00\x10\x00\x00\x00\x01\x00\x01\x00\x08\x00\x00\x00\x72")}, "OpenFlow"},
		{"another message on another port", tcp, 40000, []msg{server("\x04\x05\x00\x08\x00\x00\x00\x01")}, "Unknown"},
		{"a type that does not exist", tcp, 6653, []msg{server("\x04\x24\x00\x08\x00\x00\x00\x01")}, "Unknown"},
	})
}
