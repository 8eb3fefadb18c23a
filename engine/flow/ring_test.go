package flow

import (
	"math/rand"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestSweepLeavesNothingBeyondTheTimeout(t *testing.T) {
	for seed := int64(0); seed < 200; seed++ {
		r := rand.New(rand.NewSource(seed))
		s, _ := NewShard(Config{}, nil)
		var out Output
		clock := int64(1e18)
		for step := 0; step < 300; step++ {
			n := r.Intn(30)
			for i := 0; i < n; i++ {
				clock += int64(r.Intn(int(2e9)))
				p := packet.Packet{Time: clock, WireLen: 100, Count: 1, Proto: 1, IPVersion: 4}
				p.Src[15] = byte(r.Intn(40))
				p.Dst[15] = 200
				p.Hash = uint64(p.Src[15])*0x9e3779b97f4a7c15 + 1
				s.Packet(&p, clock, 0)
			}
			if r.Intn(10) == 0 {
				clock += int64(r.Intn(int(2e11)))
			}
			s.Advance(clock)
			s.Take(&out)
			limit := secondOf(clock - s.rings[classICMP].timeout)
			cnt := 0
			for pl, h := range s.rings[classICMP].heads {
				if h == 0 {
					continue
				}
				for slot, first := h-1, true; first || slot != h-1; slot, first = s.slab.at(slot).next, false {
					cnt++
					if sec := secondOf(s.slab.at(slot).touched); sec < limit {
						t.Fatal("seed", seed, "step", step, "left", sec-limit, "in place", pl)
					}
				}
			}
			if cnt != s.flows {
				t.Fatal("count", cnt, s.flows)
			}
		}
	}
}
