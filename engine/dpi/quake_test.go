package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestQuake(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a server is asked about its match", udp, 27960, []msg{client("\xff\xff\xff\xffgetstatus\n"), server("\xff\xff\xff\xffstatusResponse\n\\\\sv_hostname\\\\x\n")}, "Quake"},
		{"another command", udp, 27960, []msg{client("\xff\xff\xff\xffgetlost")}, "Unknown"},
	})
}
