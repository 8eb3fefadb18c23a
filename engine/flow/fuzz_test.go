package flow

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/packet"
)

// scripted makes packets of bytes, ten each: a few hosts and ports, all flags, and
// times that stand still, leap and run backwards.
func scripted(script []byte) []*packet.Packet {
	protos := []uint8{packet.ProtoTCP, packet.ProtoUDP, packet.ProtoICMP, packet.ProtoTCP}
	leaps := []time.Duration{0, time.Microsecond, 30 * time.Millisecond, time.Second, 7 * time.Second, 65 * time.Second, 20 * time.Minute, -3 * time.Second}
	var list []*packet.Packet
	var now time.Duration
	for ; len(script) >= 10 && len(list) < 2000; script = script[10:] {
		now += leaps[script[0]&7]
		end := func(b byte) side {
			return side{packet.AddrFrom4([4]byte{10, 0, 0, b & 7}), 1000 + uint16(b>>3&3)}
		}
		p := build(protos[script[1]&3], now, end(script[2]), end(script[3]), wire(60+uint32(script[4])*6), count(uint32(script[1]>>6)))
		p.PayloadLen = uint32(script[4]) * 5
		p.TCPFlags, p.Seq, p.Ack, p.Window = script[5], uint32(script[6])*100, uint32(script[7])*100, uint16(script[8])
		p.VLAN, p.TOS = uint16(script[9]&1), script[9]
		p.Hash = hashOf(p)
		list = append(list, p)
	}
	return list
}

// account runs packets through shards, which are advanced now and then, and returns
// the records as text, what they hold, and what the deltas told.
func account(t *testing.T, list []*packet.Packet, cfg Config, n int) (records []string, held, told [2]uint64) {
	t.Helper()
	shards, clock := make([]*Shard, n), int64(0)
	for i := range shards {
		s, err := NewShard(cfg, nil)
		require.NoError(t, err)
		shards[i] = s
	}
	outs := make([]Output, n)
	take := func(i int) {
		out := &outs[i]
		shards[i].Take(out)
		tell := func(d *Delta) {
			told[0] += d.Packets[0] + d.Packets[1]
			told[1] += d.Bytes[0] + d.Bytes[1]
		}
		for i := range out.Deltas {
			tell(&out.Deltas[i])
		}
		require.True(t, slices.IsSortedFunc(out.Ended, Compare))
		for _, r := range out.Ended {
			d := r.Delta()
			tell(&d)
			held[0] += r.Packets()
			held[1] += r.Bytes()
			require.LessOrEqual(t, r.FirstSeen(), r.LastSeen())
			records = append(records, describe(r))
		}
	}
	for i, p := range list {
		clock = max(clock, p.Time)
		shards[p.Hash>>48*uint64(n)>>16].Packet(p, clock, 0)
		if i%16 == 15 {
			for n, s := range shards {
				s.Advance(clock)
				take(n)
			}
		}
	}
	for n, s := range shards {
		s.Drain(clock)
		take(n)
		require.Zero(t, s.Len())
	}
	slices.Sort(records)
	return records, held, told
}

// FuzzShard checks that no packet or byte is lost or counted twice, in records and
// in deltas, whatever comes, also when the table is full; and that the number of
// shards does not show.
func FuzzShard(f *testing.F) {
	f.Add([]byte("0123456789abcdefghijABCDEFGHIJ0123456789"))
	f.Add([]byte{0, 0, 1, 10, 0, 2, 1, 0, 9, 0, 1, 0, 10, 1, 0, 18, 1, 1, 9, 0, 1, 0, 1, 10, 0, 16, 2, 1, 9, 0, 6, 0, 1, 10, 9, 17, 2, 1, 9, 0})
	f.Fuzz(func(t *testing.T, script []byte) {
		list := scripted(script)
		var want [2]uint64
		for _, p := range list {
			want[0] += uint64(max(p.Count, 1))
			want[1] += uint64(p.WireLen)
		}
		one, held, told := account(t, list, Config{}, 1)
		require.Equal(t, want, held)
		require.Equal(t, want, told)
		three, _, _ := account(t, list, Config{}, 3)
		require.Equal(t, one, three)
		_, held, told = account(t, list, Config{MaxFlows: 3, ActiveTimeout: 5 * time.Second}, 1)
		require.Equal(t, want, held)
		require.Equal(t, want, told)
	})
}
