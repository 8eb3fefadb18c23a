package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestRMCP(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	checkConversations(t, []conversation{
		{"presence ping", udp, 623, []msg{client("\x06\x00\xff\x06\x00\x00\x11\xbe\x80\x00\x00\x00")}, "RMCP"},
		{"authentication by IPMI", udp, 623, []msg{client("\x06\x00\xff\x07\x00\x00\x00\x00\x00\x00\x00\x00\x00\t \x18\xc8\x81\x008\x8e\x04\xb5")}, "RMCP"},
		{"a class that does not exist", udp, 623, []msg{client("\x06\x00\xff\x03\x00\x00\x11\xbe")}, "Unknown"},
		{"a ping on the secure port", udp, 664, []msg{client("\x06\x00\xff\x06\x00\x00\x11\xbe\x80\x00\x00\x00")}, "RMCP"},
		{"a ping on another port", udp, 40000, []msg{client("\x06\x00\xff\x06\x00\x00\x11\xbe\x80\x00\x00\x00")}, "RMCP"},
		{"IPMI 1.5 on another port", udp, 40000, []msg{client("\x06\x00\xff\x07\x00\x00\x00\x00\x00\x00\x00\x00\x00\t \x18\xc8\x81\x008\x8e\x04\xb5")}, "RMCP"},
		{"IPMI 2.0 on another port", udp, 40000, []msg{client("\x06\x00\xff\x07\x06\x10\x00\x00\x00\x00\x00\x00\x00\x00\x08\x00\x00\x00\x00\x00\xa4\xa3\xa2\xa0")}, "RMCP"},
		{"a length that does not fit", udp, 40000, []msg{client("\x06\x00\xff\x06\x00\x00\x11\xbe\x80\x00\x00\x01")}, "Unknown"},
	})
}
