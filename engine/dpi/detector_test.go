package dpi

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/packet"
)

// noise is no protocol, but several could wait for more of it.
func noise(n int) string { return strings.Repeat("\x99", n) }

func payloadOf(data string, seq uint32) *packet.Packet {
	return &packet.Packet{Time: testTime, Proto: packet.ProtoTCP, Seq: seq, Payload: []byte(data), PayloadLen: uint32(len(data))}
}

func TestDetectorGivesUp(t *testing.T) {
	t.Parallel()
	d := NewDetector(newTestRegistry(t, ""), 1)
	var r Result
	ends := Ends{CliPort: 50000, SrvPort: 443, StartSeen: true}
	packets := 0
	for seq := uint32(1); !r.Done && packets < 2*MaxPackets; seq += 500 {
		d.Packet(&r, payloadOf(noise(500), seq), FromClient, &ends)
		packets++
	}
	require.True(t, r.Done)
	assert.LessOrEqual(t, packets, MaxPackets)
	assert.Equal(t, ByPort, r.Confidence, "what is left is a guess")
	assert.Zero(t, d.open)
	assert.False(t, d.Packet(&r, payloadOf(clientHelloOf(), 1), FromClient, &ends), "done is done")
	assert.True(t, r.Risks.Has(RiskFullyEncrypted), "what was shown is noise")
}

func TestDetectorReportsCompletionOnce(t *testing.T) {
	t.Parallel()
	d := NewDetector(newTestRegistry(t, ""), 1)
	var r Result
	ends := Ends{CliPort: 50000, SrvPort: 22, StartSeen: true}
	assert.False(t, d.Packet(&r, payloadOf("", 1), FromClient, &ends), "no payload")
	assert.Nil(t, r.flow, "which costs no state")
	completed := 0
	for _, data := range []string{"\x15\x03\x03\x00\x02\x02\x28", "more", "and more"} {
		if d.Packet(&r, payloadOf(data, 1), FromServer, &ends) {
			completed++
		}
	}
	for range MaxPackets {
		if d.Packet(&r, payloadOf("x", 1), FromServer, &ends) {
			completed++
		}
	}
	assert.Equal(t, 1, completed)
}

func TestDetectorByIPProto(t *testing.T) {
	t.Parallel()
	d := NewDetector(newTestRegistry(t, ""), 1)
	var r Result
	p := packet.Packet{Proto: 89, Payload: []byte("x"), PayloadLen: 1}
	assert.True(t, d.Packet(&r, &p, FromClient, &Ends{}))
	assert.Equal(t, "OSPF", d.reg.FullName(r.Master, r.App))
	assert.Zero(t, d.open)
}

// Beyond MaxOpen a flow is judged by its first packet.
func TestDetectorBoundsOpenFlows(t *testing.T) {
	t.Parallel()
	d := NewDetector(newTestRegistry(t, ""), 1)
	ends := Ends{CliPort: 50000, SrvPort: 25, StartSeen: true}
	d.open = MaxOpen
	var r Result
	assert.True(t, d.Packet(&r, payloadOf("220 mail", 1), FromServer, &ends))
	assert.True(t, r.Done)
	assert.Equal(t, uint64(1), d.GivenUp)
	assert.Equal(t, MaxOpen, d.open)
}

// A flow's state comes from the pool: nothing of the flow before may be left in it.
func TestDetectorPoolIsClean(t *testing.T) {
	t.Parallel()
	reg := newTestRegistry(t, "")
	used, fresh := NewDetector(reg, 1), NewDetector(reg, 1)
	ends := Ends{CliPort: 50000, SrvPort: 9999, StartSeen: true, NextSeq: 1, HasSeq: true}
	var first Result
	used.Packet(&first, payloadOf(clientHelloOf(sniOf("a.example")), 1), FromClient, &ends)
	used.Packet(&first, payloadOf("late", 5000), FromServer, &ends)
	used.Finish(&first, ends, packet.ProtoTCP)
	require.Len(t, used.free, 1)
	require.Nil(t, first.flow)
	f := used.free[0]
	assert.Zero(t, f.buffered)
	for _, s := range f.streams {
		assert.True(t, s.empty())
		assert.False(t, s.started)
	}
	for _, data := range []string{"GET / HTTP/1.1\r\nHost: b.example\r\n\r\n", noise(40), "SSH-2.0-x\r\n"} {
		var a, b Result
		used.Packet(&a, payloadOf(data, 1), FromClient, &ends)
		fresh.Packet(&b, payloadOf(data, 1), FromClient, &ends)
		used.Finish(&a, ends, packet.ProtoTCP)
		fresh.Finish(&b, ends, packet.ProtoTCP)
		assert.Equal(t, b, a, data)
	}
}

// Metadata that comes after the name still changes application and category.
func TestDetectorLearnsLater(t *testing.T) {
	t.Parallel()
	d := NewDetector(newTestRegistry(t, ""), 1)
	hello := clientHelloOf(sniOf("www.netflix.com"), alpnOf("h2"))
	ends := Ends{CliPort: 50000, SrvPort: 443, StartSeen: true, NextSeq: 1, HasSeq: true}
	var r Result
	d.Packet(&r, payloadOf(hello[:20], 1), FromClient, &ends)
	assert.Equal(t, "TLS", d.reg.FullName(r.Master, r.App))
	assert.Equal(t, Web, r.Category)
	assert.False(t, r.Done)
	d.Packet(&r, payloadOf(hello[20:], 21), FromClient, &ends)
	assert.Equal(t, "TLS.NetFlix", d.reg.FullName(r.Master, r.App))
	assert.Equal(t, Video, r.Category)
}

func TestFlowReserve(t *testing.T) {
	t.Parallel()
	f := new(Flow)
	assert.True(t, f.Reserve(MaxBuffered))
	assert.False(t, f.Reserve(1))
	assert.False(t, f.Reserve(-1))
	assert.True(t, f.Reserve(0))
}

func TestFlowRiskReasonsAreBounded(t *testing.T) {
	t.Parallel()
	f := &Flow{res: new(Result)}
	for risk := NoRisk + 1; risk < NumRisks; risk++ {
		f.Risk(risk, "because")
		f.Risk(risk, "again")
	}
	assert.Len(t, f.res.Info.Reasons, MaxReasons)
	assert.Len(t, f.res.Risks.Names(), int(NumRisks)-1)
}

func TestDetectorShowsAPacketOnce(t *testing.T) {
	t.Parallel()
	shown := 0
	reg := &Registry{byName: make(map[string]ID)}
	require.NoError(t, reg.add(Protocol{Name: "Unknown"}))
	require.NoError(t, reg.add(Protocol{Name: "Counter", TCPPorts: []uint16{7, 8}, Over: TCP, Dissect: func(*Flow) Verdict {
		shown++
		return More
	}}))
	require.NoError(t, reg.buildOrder())
	reg.buildPorts()
	var r Result
	NewDetector(reg, 1).Packet(&r, payloadOf("x", 1), FromClient, &Ends{CliPort: 8, SrvPort: 7, StartSeen: true})
	assert.Equal(t, 1, shown, "to a dissector of both ports and of any")
}
