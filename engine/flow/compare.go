package flow

import (
	"bytes"
	"cmp"
	"math/bits"
	"slices"
)

// Compare orders records for output: by start, then by client, server, protocol
// and VLAN, so that the order says nothing about how they were worked on.
func Compare(a, b *Record) int {
	if c := cmp.Compare(a.FirstSeen(), b.FirstSeen()); c != 0 {
		return c
	}
	aCli, aCliPort := a.Client()
	bCli, bCliPort := b.Client()
	if c := cmp.Or(bytes.Compare(aCli[:], bCli[:]), cmp.Compare(aCliPort, bCliPort)); c != 0 {
		return c
	}
	aSrv, aSrvPort := a.Server()
	bSrv, bSrvPort := b.Server()
	return cmp.Or(
		bytes.Compare(aSrv[:], bSrv[:]), cmp.Compare(aSrvPort, bSrvPort),
		cmp.Compare(a.key.ends, b.key.ends), cmp.Compare(a.tunnel, b.tunnel),
		cmp.Compare(a.LastSeen(), b.LastSeen()),
	)
}

// maxOrder is how many keys are kept for reuse: the end of the input has far more.
const maxOrder = 1 << 14

// sortEnded sorts the records to hand over. A key holds the start, as exactly as it
// fits above the place of the record, and so spares a look at most records.
func (s *Shard) sortEnded() {
	ended := s.out.Ended
	if len(ended) < 2 {
		return
	}
	earliest, latest := ended[0].FirstSeen(), ended[0].FirstSeen()
	for _, r := range ended {
		earliest, latest = min(earliest, r.FirstSeen()), max(latest, r.FirstSeen())
	}
	place := bits.Len(uint(len(ended)))
	drop := max(bits.Len64(uint64(latest-earliest))+place-64, 0)
	s.order = slices.Grow(s.order[:0], len(ended))
	for i, r := range ended {
		s.order = append(s.order, uint64(r.FirstSeen()-earliest)>>drop<<place|uint64(i)) //nolint:gosec // not before the earliest
	}
	slices.SortFunc(s.order, func(a, b uint64) int {
		if c := cmp.Compare(a>>place, b>>place); c != 0 {
			return c
		}
		return Compare(ended[a&(1<<place-1)], ended[b&(1<<place-1)])
	})
	s.arrange(place)
	if cap(s.order) > maxOrder {
		s.order = nil
	}
}

// arrange moves the records to their places, each key's low bits saying from where:
// around each circle of moves, so that no second list is needed.
func (s *Shard) arrange(place int) {
	ended, mask := s.out.Ended, uint64(1)<<place-1
	for start := range s.order {
		moved, at := ended[start], start
		for {
			from := int(s.order[at] & mask) //nolint:gosec // a place
			s.order[at] = uint64(at)        //nolint:gosec // a place
			if from == start {
				ended[at] = moved
				break
			}
			ended[at] = ended[from]
			at = from
		}
	}
}
