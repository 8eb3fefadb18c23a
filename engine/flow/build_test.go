package flow

import (
	"hash/fnv"
	"math/rand/v2"
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/field"
	"github.com/flowloom/flowloom/engine/packet"
)

// start is the clock at which the tests begin.
const start = int64(1_700_000_000e9) + 250e6

// side is one side of a flow under test.
type side struct {
	addr packet.Addr
	port uint16
}

func at(addr string, port uint16) side {
	return side{packet.AddrFrom(netip.MustParseAddr(addr)), port}
}

func client() side { return at("192.0.2.10", 40000) }
func server() side { return at("198.51.100.20", 443) }

// option changes a packet under test.
type option func(*packet.Packet)

func flags(f uint8) option       { return func(p *packet.Packet) { p.TCPFlags = f } }
func seq(n uint32) option        { return func(p *packet.Packet) { p.Seq = n } }
func ack(n uint32) option        { return func(p *packet.Packet) { p.Ack = n } }
func window(n uint16) option     { return func(p *packet.Packet) { p.Window = n } }
func wire(n uint32) option       { return func(p *packet.Packet) { p.WireLen = n } }
func count(n uint32) option      { return func(p *packet.Packet) { p.Count = n } }
func icmpType(t, c uint8) option { return func(p *packet.Packet) { p.ICMPType, p.ICMPCode = t, c } }
func payload(n uint32) option {
	return func(p *packet.Packet) { p.PayloadLen, p.WireLen = n, p.WireLen+n }
}

// build makes a packet sent after offset of the test's time.
func build(proto uint8, after time.Duration, src, dst side, options ...option) *packet.Packet {
	p := &packet.Packet{
		Time: start + int64(after), WireLen: 60, Count: 1, Src: src.addr, Dst: dst.addr, SrcPort: src.port, DstPort: dst.port,
		Proto: proto, IPVersion: 6, TTL: 64, Window: 1000,
	}
	if src.addr.Is4() {
		p.IPVersion = 4
	}
	for _, o := range options {
		o(p)
	}
	p.Hash = hashOf(p)
	return p
}

func tcpPacket(after time.Duration, src, dst side, options ...option) *packet.Packet {
	return build(packet.ProtoTCP, after, src, dst, options...)
}

func udpPacket(after time.Duration, src, dst side, options ...option) *packet.Packet {
	return build(packet.ProtoUDP, after, src, dst, options...)
}

// hashOf is a symmetric hash like the decoder's.
func hashOf(p *packet.Packet) uint64 {
	one := func(a packet.Addr, port uint16) uint64 {
		h := fnv.New64a()
		_, _ = h.Write(a[:])
		_, _ = h.Write([]byte{byte(port >> 8), byte(port), p.Proto, byte(p.VLAN >> 8), byte(p.VLAN)})
		return h.Sum64()
	}
	return (one(p.Src, p.SrcPort) + one(p.Dst, p.DstPort)) * 0x9e3779b97f4a7c15
}

// bench runs one shard as the pipeline does, with the clock of its packets.
type bench struct {
	t     testing.TB
	shard *Shard
	clock int64
	out   Output
	ended []Record
	delta []Delta
}

func newBench(t testing.TB, cfg Config) *bench {
	t.Helper()
	s, err := NewShard(cfg, nil)
	require.NoError(t, err)
	return &bench{t: t, shard: s}
}

func (b *bench) packets(list ...*packet.Packet) *bench {
	for _, p := range list {
		b.clock = max(b.clock, p.Time)
		b.shard.Packet(p, b.clock, 0)
	}
	return b
}

// advance moves the clock, without packets, to an offset of the test's time.
func (b *bench) advance(after time.Duration) *bench {
	b.clock = max(b.clock, start+int64(after))
	b.shard.Advance(b.clock)
	return b.take()
}

func (b *bench) take() *bench {
	b.shard.Take(&b.out)
	b.delta = append(b.delta, b.out.Deltas...)
	for _, r := range b.out.Ended {
		b.delta = append(b.delta, r.Delta())
		b.ended = append(b.ended, *r)
	}
	return b
}

// records drains the shard and returns all records by start.
func (b *bench) records() []Record {
	b.shard.Drain(b.clock)
	b.take()
	require.Zero(b.t, b.shard.Len())
	slices.SortFunc(b.ended, func(x, y Record) int { return Compare(&x, &y) })
	return b.ended
}

// one drains the shard of the only record there is.
func (b *bench) one() *Record {
	b.t.Helper()
	all := b.records()
	require.Len(b.t, all, 1)
	return &all[0]
}

// value reads a field by its catalogue name.
func value(t testing.TB, r *Record, name string) *field.Value {
	t.Helper()
	i := field.Index(field.Flow, name)
	require.GreaterOrEqual(t, i, 0, name)
	v := new(field.Value)
	r.Value(i, v)
	return v
}

func str(t testing.TB, r *Record, name string) string { return value(t, r, name).Str() }
func num(t testing.TB, r *Record, name string) uint64 { return value(t, r, name).Uint() }

func reasons(records []Record) []string {
	var list []string
	for i := range records {
		list = append(list, records[i].reason.String())
	}
	return list
}

// randomTrace makes packets of a few hosts that talk over all protocols, with
// pauses around the timeouts, jumps of the clock, and times that run backwards.
func randomTrace(rng *rand.Rand, n int) []*packet.Packet {
	protos := []uint8{packet.ProtoTCP, packet.ProtoTCP, packet.ProtoUDP, packet.ProtoICMP, packet.ProtoESP}
	pauses := []time.Duration{0, time.Millisecond, 300 * time.Millisecond, 2 * time.Second, 9 * time.Second, 11 * time.Second, 61 * time.Second, 301 * time.Second}
	tcpFlags := []uint8{packet.SYN, packet.SYN | packet.ACK, packet.ACK, packet.ACK, packet.ACK | packet.PSH, packet.ACK | packet.FIN, packet.RST, 0}
	var now time.Duration
	var list []*packet.Packet
	for range n {
		switch rng.IntN(400) {
		case 0:
			now += pauses[rng.IntN(len(pauses))]
		case 1:
			now += time.Duration(rng.IntN(2000)) * time.Second
		default:
			now += time.Duration(rng.IntN(400)) * time.Millisecond
		}
		src := side{packet.AddrFrom4([4]byte{10, 0, 0, byte(rng.IntN(6))}), uint16(1000 + rng.IntN(3))}
		dst := side{packet.AddrFrom4([4]byte{10, 0, 0, byte(rng.IntN(6))}), uint16(1000 + rng.IntN(3))}
		when := now
		if rng.IntN(20) == 0 {
			when -= time.Duration(rng.IntN(5000)) * time.Millisecond
		}
		p := build(protos[rng.IntN(len(protos))], when, src, dst, wire(uint32(60+rng.IntN(1400))), payload(uint32(rng.IntN(3)*100)))
		if p.Proto == packet.ProtoTCP {
			p.TCPFlags, p.Seq, p.Ack = tcpFlags[rng.IntN(len(tcpFlags))], uint32(rng.IntN(4)*100), uint32(rng.IntN(500))
		} else if p.Proto != packet.ProtoUDP {
			p.SrcPort, p.DstPort = 0, 0
		}
		p.Hash = hashOf(p)
		list = append(list, p)
	}
	return list
}
