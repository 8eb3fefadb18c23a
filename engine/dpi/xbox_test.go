package dpi

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/flowloom/flowloom/engine/packet"
)

// Consoles speak from the port of the service to the same port.
func TestXbox(t *testing.T) {
	t.Parallel()
	const port = 3074
	datagram := "\x00\x00\x00\x00" + strings.Repeat("\x51\x92\x33\x84", 6)
	for name, c := range map[string]struct {
		from uint16
		data string
		want bool
	}{
		"a datagram between consoles": {port, datagram, true},
		"from another port":           {50000, datagram, false},
		"another start":               {port, "\x01" + datagram[1:], false},
	} {
		d, r := NewDetector(newTestRegistry(t, ""), 1), new(Result)
		ends := Ends{CliAddr: addrOf(t, "192.0.2.1"), SrvAddr: addrOf(t, "192.0.2.2"), CliPort: c.from, SrvPort: port}
		d.Packet(r, &packet.Packet{Time: testTime, Proto: packet.ProtoUDP, Payload: []byte(c.data), PayloadLen: uint32(len(c.data))}, FromClient, &ends)
		d.Finish(r, ends, packet.ProtoUDP)
		assert.Equal(t, c.want, d.Registry().FullName(r.Master, r.App) == "Xbox", name)
	}
}
