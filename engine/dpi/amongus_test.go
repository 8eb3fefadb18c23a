package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestAmongUs(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	checkConversations(t, []conversation{
		{"hello with a player's name", udp, 22023, []msg{client("\x08\x00\x01\x00\x46\xd2\x02\x03\x05Alice")}, "AmongUs"},
		{"hello that is no date", udp, 22023, []msg{client("\x08\x00\x01\x00\x46\xd2\x02\x13\x05Alice")}, "Unknown"},
		{"hello of a client that says more", udp, 40000, []msg{client("\x08\x00\x01\x00\x6c\xf1\x02\x03\x05Alice\x00\x00\x00\x00\x0b\x00\x00\x00\x01")}, "AmongUs"},
		{"game in the local network", udp, 47777, []msg{client("\x04\x02Alice~Open~3~")}, "AmongUs"},
		{"no game in the local network", udp, 47777, []msg{client("\x04\x02Alice~Gone~3~")}, "Unknown"},
		{"game elsewhere", udp, 40000, []msg{client("\x04\x02Alice~Open~3~")}, "Unknown"},
		{"name beyond the end", udp, 22023, []msg{client("\x08\x00\x01\x00\x46\xd2\x02\x03\x15Alice")}, "Unknown"},
	})
}
