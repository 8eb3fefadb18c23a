package flow

import (
	"encoding/binary"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/packet"
)

// hits returns a function that adds a packet to one of many flows that exist.
func hits(tb testing.TB) func() {
	b := newBench(tb, Config{})
	var list []*packet.Packet
	for port := range uint16(4096) {
		c := client()
		c.port = 1024 + port
		list = append(list, tcpPacket(0, c, server(), flags(packet.ACK), payload(100)))
	}
	b.packets(list...)
	n := 0
	return func() {
		p := list[n%len(list)]
		p.Seq += 100
		b.shard.Packet(p, b.clock, 0)
		n++
	}
}

// misses returns a function that begins a flow, and ends the one of a while ago.
func misses(tb testing.TB) func() {
	b := newBench(tb, Config{})
	p := udpPacket(0, client(), server(), payload(100))
	n := uint32(0)
	return func() {
		n++
		binary.BigEndian.PutUint32(p.Src[12:], n)
		p.Time += int64(10 * time.Millisecond)
		p.Hash = uint64(n) * 0x9e3779b97f4a7c15
		b.shard.Packet(p, p.Time, 0)
		if n%64 == 0 {
			b.shard.Advance(p.Time)
			b.shard.Take(&b.out)
		}
	}
}

func BenchmarkHit(b *testing.B) {
	add := hits(b)
	b.ReportAllocs()
	for b.Loop() {
		add()
	}
}

func BenchmarkMiss(b *testing.B) {
	add := misses(b)
	b.ReportAllocs()
	for b.Loop() {
		add()
	}
}

// A packet must not allocate: neither of a flow that is known, nor, once the
// table has grown to the size it needs, of one that is new.
func TestPacketDoesNotAllocate(t *testing.T) {
	for name, add := range map[string]func(){"hit": hits(t), "miss": misses(t)} {
		for range 200_000 {
			add()
		}
		require.Zero(t, testing.AllocsPerRun(20_000, add), name)
	}
}
