package dpi

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestLineCall(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a call is set up", udp, 40000, []msg{client("\xb6\x13\x00\x06\x124Vx\x124Vx\x124Vx\x124Vx\x124Vx\x124Vx")}, "LineCall"},
		{"a message with its length", udp, 40000, []msg{client("\xb6\x09\x00\x0c" + noise(12))}, "LineCall"},
		{"the shortest", udp, 40000, []msg{server("\xb6\x07\x00\x04\x124Vx")}, "LineCall"},
		{"another type", udp, 40000, []msg{client("\xb6\x13\x00\x07\x124Vx\x124Vx\x124Vx\x124Vx\x124Vx\x124Vx")}, "Unknown"},
		{"a type beyond all", udp, 40000, []msg{client("\xb6\x21\x00\x0c" + noise(12))}, "Unknown"},
		{"media of somebody else", udp, 40000, []msg{client("\xda\x11\x22\x33\x06\x02" + noise(700))}, "Unknown"},
	})
}

// LINE's servers have addresses, which conversations do not choose.
func TestLineCallMedia(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, addr, data, want string }{
		{"media", "147.92.169.90", "\xda\x11\x22\x33\x06\x02" + noise(700), "LineCall"},
		{"control", "147.92.169.90", "\xd0\xb4" + noise(60), "LineCall"},
		{"another tag", "147.92.169.90", "\xda\x11\x22\x33\x06\x03" + noise(700), "Line"},
		{"another server", "192.0.2.2", "\xd0\xb4" + noise(60), "Unknown"},
	} {
		d, r := NewDetector(newTestRegistry(t, ""), 1), new(Result)
		ends := Ends{CliAddr: addrOf(t, "192.0.2.1"), SrvAddr: addrOf(t, c.addr), CliPort: 50000, SrvPort: 40000}
		p := packet.Packet{Time: testTime, Proto: packet.ProtoUDP, Payload: []byte(c.data), PayloadLen: uint32(len(c.data))}
		d.Packet(r, &p, FromClient, &ends)
		d.Finish(r, ends, packet.ProtoUDP)
		assert.Equal(t, c.want, d.Registry().FullName(r.Master, r.App), c.name)
	}
	assert.False(t, lineMedia([]byte(strings.Repeat("\xd8", 4))), "a tag beyond the end")
}
