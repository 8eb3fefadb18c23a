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

// maxOrder is how many keys are kept for reuse: the end of the input has far more. Those
// lie in the index, which is as large and empty by then.
const maxOrder = 1 << 14

// sort sorts the records to hand over. A key holds the start, as exactly as it
// fits above the place of the record, and so spares a look at most records.
func (s *Shard) sort(records []*Record) {
	if len(records) < 2 {
		return
	}
	if len(records) > maxOrder && s.flows == 0 {
		sortRecords(records, s.index.entries[:0])
		clear(s.index.entries)
		return
	}
	if s.order = sortRecords(records, s.order[:0]); cap(s.order) > maxOrder {
		s.order = nil
	}
}

// sortRecords sorts the records and returns keys, grown as needed, to be used again.
func sortRecords(records []*Record, keys []uint64) []uint64 {
	earliest, latest := records[0].FirstSeen(), records[0].FirstSeen()
	for _, r := range records {
		earliest, latest = min(earliest, r.FirstSeen()), max(latest, r.FirstSeen())
	}
	place := bits.Len(uint(len(records)))
	drop := max(bits.Len64(uint64(latest-earliest))+place-64, 0)
	keys = slices.Grow(keys, len(records))
	for i, r := range records {
		keys = append(keys, uint64(r.FirstSeen()-earliest)>>drop<<place|uint64(i)) //nolint:gosec // not before the earliest
	}
	slices.SortFunc(keys, func(a, b uint64) int {
		if c := cmp.Compare(a>>place, b>>place); c != 0 {
			return c
		}
		return Compare(records[a&(1<<place-1)], records[b&(1<<place-1)])
	})
	arrange(records, keys, place)
	return keys
}

// arrange moves the records to their places, each key's low bits saying from where:
// around each circle of moves, so that no second list is needed.
func arrange(ended []*Record, keys []uint64, place int) {
	mask := uint64(1)<<place - 1
	for start := range keys {
		moved, at := ended[start], start
		for {
			from := int(keys[at] & mask) //nolint:gosec // a place
			keys[at] = uint64(at)        //nolint:gosec // a place
			if from == start {
				ended[at] = moved
				break
			}
			ended[at] = ended[from]
			at = from
		}
	}
}
