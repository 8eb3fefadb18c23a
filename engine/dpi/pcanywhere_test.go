package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestPCAnywhere(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a status query", udp, 5632, []msg{client("NQ")}, "PcAnywhere"},
		{"a host answers", udp, 5632, []msg{server("NROFFICE-PC_______AHM_3___\x00\x00")}, "PcAnywhere"},
		{"a host greets", tcp, 5631, []msg{client("\x00\x00\x00\x00"), server("\x00X\x08\x00\x7d\x08\x0d\x0a\x00.\x08\r\nPlease press <Enter>...")}, "PcAnywhere"},
		{"another greeting", tcp, 5631, []msg{server("220 ready\r\n")}, "Unknown"},
		{"another query", udp, 5632, []msg{client("NX")}, "Unknown"},
	})
}
