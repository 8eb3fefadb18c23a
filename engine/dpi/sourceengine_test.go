package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestSourceEngine(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a server is asked about itself", udp, 27015, []msg{client("\xff\xff\xff\xffTSource Engine Query\x00"), server("\xff\xff\xff\xffI\x11Server\x00map\x00cstrike\x00Counter-Strike\x00")}, "Source_Engine"},
		{"another question", udp, 27015, []msg{client("\xff\xff\xff\xffTSauce Engine Query\x00")}, "Unknown"},
	})
}
