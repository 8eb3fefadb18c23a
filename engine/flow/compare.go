package flow

import (
	"bytes"
	"cmp"
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
		cmp.Compare(a.started, b.started), cmp.Compare(a.LastSeen(), b.LastSeen()),
	)
}

// endedKey spares a look at the record for most comparisons.
type endedKey struct {
	first  int64
	record *Record
}

// maxOrder is how many keys are kept for reuse: the end of the input has far more.
const maxOrder = 1 << 14

// sortEnded sorts the records to hand over.
func (s *Shard) sortEnded() {
	if len(s.out.Ended) < 2 {
		return
	}
	s.order = slices.Grow(s.order[:0], len(s.out.Ended))
	for _, r := range s.out.Ended {
		s.order = append(s.order, endedKey{r.FirstSeen(), r})
	}
	slices.SortFunc(s.order, func(a, b endedKey) int {
		if c := cmp.Compare(a.first, b.first); c != 0 {
			return c
		}
		return Compare(a.record, b.record)
	})
	for i, k := range s.order {
		s.out.Ended[i] = k.record
	}
	if clear(s.order); cap(s.order) > maxOrder {
		s.order = nil
	}
}
