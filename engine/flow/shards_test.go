package flow

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/field"
)

// TestShardsAgree runs a random trace through one shard and through several: the
// records, as their users see them, are the same.
func TestShardsAgree(t *testing.T) {
	t.Parallel()
	for seed := range uint64(6) {
		trace := randomTrace(rand.New(rand.NewPCG(seed, 1)), 1200) //nolint:gosec // a test
		var want []string
		for _, n := range []int{1, 2, 3, 8} {
			shards := make([]*Shard, n)
			for i := range shards {
				s, err := NewShard(Config{}.Shard(n), nil)
				require.NoError(t, err)
				shards[i] = s
			}
			clock, packets := int64(0), uint64(0)
			for _, p := range trace {
				clock = max(clock, p.Time)
				packets += uint64(max(p.Count, 1))
				shards[p.Hash>>48*uint64(n)>>16].Packet(p, clock, 0)
			}
			var got []string
			for _, s := range shards {
				s.Advance(clock)
				s.Drain(clock)
				var out Output
				s.Take(&out)
				for _, r := range out.Ended {
					packets -= r.Packets()
					got = append(got, describe(r))
				}
			}
			require.Zero(t, packets, "every packet is in a record")
			slices.Sort(got)
			if want == nil {
				want = got
			}
			require.Equal(t, want, got, "seed %d, %d shards", seed, n)
		}
	}
}

// describe returns all fields of a record as text.
func describe(r *Record) string {
	var text []byte
	for i, f := range field.Of(field.Flow) {
		var v field.Value
		if r.Value(i, &v); !v.IsNull() {
			text = fmt.Appendf(text, "%s=%v;", f.Name, v)
		}
	}
	return string(text)
}
