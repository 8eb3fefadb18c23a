package dpi

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/flowloom/flowloom/engine/packet"
)

// midway shows the messages of a connection whose handshake was not seen.
func midway(t *testing.T, reg *Registry, msgs ...msg) string {
	t.Helper()
	d, r, seq := NewDetector(reg, 1), new(Result), [2]uint32{1, 1}
	for _, m := range msgs {
		ends := Ends{CliAddr: addrOf(t, "192.0.2.1"), SrvAddr: addrOf(t, "192.0.2.2"), CliPort: 50000, SrvPort: 8080, NextSeq: seq[m.dir], HasSeq: true}
		d.Packet(r, &packet.Packet{Time: testTime, Proto: packet.ProtoTCP, Seq: seq[m.dir], Payload: []byte(m.data), PayloadLen: uint32(len(m.data))}, m.dir, &ends)
		seq[m.dir] += uint32(len(m.data))
	}
	return reg.FullName(r.Master, r.App)
}

func TestWebSocketWithoutUpgrade(t *testing.T) {
	t.Parallel()
	const text, ping, pong, data = "\x81\x14{\"event\":\"heartbeat\"", "\x89\x00", "\x8a\x80\x12\x34\x56\x78", "\x82\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58"
	long := "\x82\x7e\x00\x80" + string(make([]byte, 128))
	reg := newTestRegistry(t, "")
	for _, c := range []struct {
		name string
		msgs []msg
		want string
	}{
		{"text from a server", []msg{server(text + "}")}, "Unknown"},
		{"text that fills its frame", []msg{server(text)}, "WebSocket"},
		{"text in two segments", []msg{server(text[:7]), server(text[7:])}, "WebSocket"},
		{"a question and its answer", []msg{server(ping), client(pong)}, "WebSocket"},
		{"binary data", []msg{client(data), client(data), client(data)}, "WebSocket"},
		{"binary data of 128 bytes", []msg{server(long), client(data)}, "WebSocket"},
		{"one frame of binary data", []msg{client(data)}, "Unknown"},
		{"masks on both sides", []msg{client(data), server(data)}, "Unknown"},
		{"masks now and then", []msg{client(data), client(ping), client(data)}, "Unknown"},
		{"a ping in parts", []msg{server("\x09\x00"), client(pong)}, "Unknown"},
		{"a length in more bytes than it needs", []msg{server("\x82\x7e\x00\x05Hello"), client(data)}, "Unknown"},
		{"text that cannot be read", []msg{server("\x81\x05H\x00llo"), client(data)}, "Unknown"},
		{"ones and zeros", []msg{server("\x01\x00\x01\x00\x01\x00\x01\x00"), client("\x01\x00\x01\x00")}, "Unknown"},
		{"empty data", []msg{server("\x82\x00\x82\x00\x82\x00")}, "Unknown"},
		{"reserved bits", []msg{server("\xb1\x05Hello"), client(data)}, "Unknown"},
	} {
		assert.Equal(t, c.want, midway(t, reg, c.msgs...), c.name)
		if c.want == "Unknown" {
			continue
		}
		for n := range c.msgs[len(c.msgs)-1].data {
			cut := append([]msg(nil), c.msgs...)
			cut[len(cut)-1].data = cut[len(cut)-1].data[:n]
			assert.Contains(t, []string{c.want, "Unknown"}, midway(t, reg, cut...), "%s: %d bytes of the last message", c.name, n)
		}
	}
	got, _ := talk(t, reg, packet.ProtoTCP, 8080, server(text))
	assert.Equal(t, "Unknown", got, "from the beginning there would be an upgrade")
}
