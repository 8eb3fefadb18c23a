package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestMegaco(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a gateway registers", udp, 2944, []msg{client("MEGACO/1 [192.0.2.7]:2944\nTransaction = 9998 {\n Context = - { ServiceChange = ROOT { Services { Method = Restart } } }\n}")}, "Megaco"},
		{"the short form", udp, 2944, []msg{client("!/1 [192.0.2.7] T=9998{C=-{SC=ROOT{SV{MT=RS}}}}")}, "Megaco"},
		{"a cry", udp, 2944, []msg{client("!! MEGA sale today only")}, "Unknown"},
	})
}
