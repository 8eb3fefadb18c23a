package dpi

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/flowloom/flowloom/engine/packet"
)

// The dissector is for flows whose start was not seen, which conversations always show.
func TestApplePush(t *testing.T) {
	t.Parallel()
	record := "\x17\x03\x03\x00\x20" + noise(32)
	for _, c := range []struct {
		name, addr, data string
		port             uint16
		start            bool
		want             Verdict
	}{
		{"records of a session under way", "17.57.146.20", record, 5223, false, Yes},
		{"over IPv6", "2620:149:a44::5", record, 5223, false, Yes},
		{"handshake was seen", "17.57.146.20", record, 5223, true, No},
		{"somebody else's messages on the port", "192.0.2.2", record, 5223, false, No},
		{"Apple's web", "17.57.146.20", record, 443, false, No},
		{"other bytes", "17.57.146.20", "\x26\x00\x10\x00\x50", 5223, false, No},
	} {
		f := &Flow{Payload: []byte(c.data), SrvAddr: addrOf(t, c.addr), SrvPort: c.port, StartSeen: c.start}
		assert.Equal(t, c.want, dissectApplePush(f), c.name)
	}
	checkConversations(t, []conversation{
		{"handshake on the port", packet.ProtoTCP, 5223, []msg{client(clientHelloOf())}, "TLS"},
	})
}
