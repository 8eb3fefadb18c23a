package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestMerakiCloud(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a device reports to the cloud", udp, 7351, []msg{client("\xfe\xf7\xf7(\x00\x00\x00\x14\x124Vx\x124Vx\x124Vx\x124Vx")}, "MerakiCloud"},
		{"another magic", udp, 7351, []msg{client("\xfe\xf8\xf7(\x00\x00\x00\x14\x124Vx\x124Vx\x124Vx\x124Vx")}, "Unknown"},
	})
}
