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
		{"a question with a challenge", udp, 2303, []msg{client("\xff\xff\xff\xffTSource Engine Query\x00\x12\x34\x56\x78")}, "Source_Engine"},
		{"players", udp, 27015, []msg{client("\xff\xff\xff\xffU\x12\x34\x56\x78")}, "Source_Engine"},
		{"players, for a challenge, on another port", udp, 40000, []msg{client("\xff\xff\xff\xffU\xff\xff\xff\xff")}, "Source_Engine"},
		{"rules and answer on another port", udp, 40000, []msg{client("\xff\xff\xff\xffV\x12\x34\x56\x78"), server("\xff\xff\xff\xffE\x01\x00mp_a\x000\x00")}, "Source_Engine"},
		{"a challenge", udp, 27015, []msg{server("\xff\xff\xff\xffA\x12\x34\x56\x78")}, "Source_Engine"},
		{"a challenge on another port", udp, 40000, []msg{server("\xff\xff\xff\xffA\x12\x34\x56\x78")}, "Unknown"},
		{"players and more", udp, 27015, []msg{client("\xff\xff\xff\xffU\x12\x34\x56\x78\x00")}, "Unknown"},
	})
}
