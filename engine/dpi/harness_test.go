package dpi

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/flowloom/flowloom/engine/packet"
)

// msg is what one packet of a conversation carries.
type msg struct {
	dir  Direction
	data string
}

// testTime is when the packets of conversations were captured: 2023-11-14.
const testTime = 1700000000e9

func client(data string) msg { return msg{FromClient, data} }

func server(data string) msg { return msg{FromServer, data} }

// talk shows a new flow's packets to a detector. It returns the name that the
// content alone gave: a flow still open at the end is "Unknown", not guessed.
func talk(t *testing.T, reg *Registry, proto uint8, port uint16, msgs ...msg) (string, *Result) {
	t.Helper()
	return overhear(t, NewDetector(reg, 1), proto, port, msgs...)
}

// overhear shows the messages to a detector.
func overhear(t *testing.T, d *Detector, proto uint8, port uint16, msgs ...msg) (string, *Result) {
	t.Helper()
	r, seq := new(Result), [2]uint32{1, 1}
	for _, m := range msgs {
		ends := Ends{
			CliAddr: addrOf(t, "192.0.2.1"), SrvAddr: addrOf(t, "192.0.2.2"), CliPort: 50000, SrvPort: port,
			StartSeen: true, NextSeq: seq[m.dir], HasSeq: proto == packet.ProtoTCP,
		}
		d.Packet(r, &packet.Packet{Time: testTime, Proto: proto, Seq: seq[m.dir], Payload: []byte(m.data), PayloadLen: uint32(len(m.data))}, m.dir, &ends)
		seq[m.dir] += uint32(len(m.data))
	}
	if r.Confidence != ByDPI && r.Confidence != Partial {
		return "Unknown", r
	}
	return d.Registry().FullName(r.Master, r.App), r
}

// conversation is a row of a protocol's test table.
type conversation struct {
	name  string
	proto uint8
	port  uint16
	msgs  []msg
	want  string
}

// checkConversations asks for each row's name, and for no other name, or that of the
// protocol alone, from a detectable conversation whose last message is cut short.
func checkConversations(t *testing.T, rows []conversation) {
	t.Helper()
	reg := newTestRegistry(t, "")
	for _, c := range rows {
		got, _ := talk(t, reg, c.proto, c.port, c.msgs...)
		assert.Equal(t, c.want, got, c.name)
		if c.want == "Unknown" {
			continue
		}
		master, _, _ := strings.Cut(c.want, ".")
		cut := append([]msg(nil), c.msgs...)
		last := &cut[len(cut)-1]
		for n := range last.data {
			whole := last.data
			last.data = whole[:n]
			got, _ := talk(t, reg, c.proto, c.port, cut...)
			last.data = whole
			assert.Contains(t, []string{c.want, master, "Unknown"}, got, "%s: %d bytes of the last message", c.name, n)
		}
	}
}
