package flow

import "github.com/flowloom/flowloom/engine/dpi"

// rare is what only some records have: those that last, those in trouble, and those of some
// tunnels. It stands apart so that a table of many short flows stays small.
type rare struct {
	told    told
	trouble [2]trouble
	part    *counts // at the end of the part before, nil in the first
	earlier earlier // of the records of the flow before this one
	teid    uint32  // of the first packet, where each direction has a tunnel id of its own
}

// earlier is what the records before have told of a flow that lasts.
type earlier struct {
	began int64 // 0 in the first record
	bytes [2]uint64
}

// Began returns the time of the flow's first packet, in this record or one before, in
// nanoseconds since the Unix epoch.
func (r *Record) Began() int64 {
	if r.rare != nil && r.rare.earlier.began != 0 {
		return r.rare.earlier.began
	}
	return r.FirstSeen()
}

// EarlierBytes returns the bytes on the wire of each side in the records before this one.
func (r *Record) EarlierBytes() (client, server uint64) {
	if r.rare == nil {
		return 0, 0
	}
	return r.rare.earlier.bytes[FromClient], r.rare.earlier.bytes[FromServer]
}

// told is what deltas have told already, in the low bits of the counters: what one
// delta adds fits into them.
type told struct {
	bytes                                 [2]uint64
	packets                               [2]uint32
	period                                int64 // when the flow was last copied
	retransmissions, outOfOrder, zeroWins [2]uint16
}

// trouble is what went wrong in one direction.
type trouble struct {
	retransmissions, outOfOrder, zeroWins, fragments uint32
	// holeFrom and holeTo bound the sequence numbers that were skipped and not
	// seen since; equal when there are none.
	holeFrom, holeTo uint32
}

// told returns what deltas have told.
func (r *Record) told() told {
	if r.rare == nil {
		return told{}
	}
	return r.rare.told
}

// troubles returns what went wrong in a direction.
func (r *Record) troubles(from int) trouble {
	if r.rare == nil {
		return trouble{}
	}
	return r.rare.trouble[from]
}

// trouble returns the same to be changed.
func (r *Record) trouble(from int) *trouble {
	if r.rare == nil {
		r.rare = new(rare)
	}
	return &r.rare.trouble[from]
}

// teid returns the tunnel's identifier: the key has it unless each direction has its own.
func (r *Record) teid() uint32 {
	if r.rare != nil && r.rare.teid != 0 {
		return r.rare.teid
	}
	return r.tunnelID()
}

// kept returns what the record of a flow that goes on must know of the one before: which
// sequence numbers are still missing, the tunnel, when it began and what it has carried.
func (r *Record) kept() *rare {
	c, v := r.troubles(FromClient), r.troubles(FromServer)
	x := &rare{trouble: [2]trouble{{holeFrom: c.holeFrom, holeTo: c.holeTo}, {holeFrom: v.holeFrom, holeTo: v.holeTo}}}
	if r.rare != nil {
		x.teid, x.earlier = r.rare.teid, r.rare.earlier
	}
	x.earlier.began = r.Began()
	for i := range r.dir {
		x.earlier.bytes[i] += r.dir[i].bytes
	}
	return x
}

// maxRares is how many unused ones a shard keeps.
const maxRares = 1 << 14

// newRare returns an empty one, used before or new.
func (s *Shard) newRare() *rare {
	n := len(s.rares)
	if n == 0 {
		return new(rare)
	}
	x := s.rares[n-1]
	s.rares = s.rares[:n-1]
	*x = rare{}
	return x
}

// forget clears a record that was handed over and came back.
func (s *Shard) forget(r *Record) {
	if r.rare != nil && len(s.rares) < maxRares {
		s.rares = append(s.rares, r.rare)
	}
	r.DPI, r.rare, r.fingerprint, r.about = dpi.Result{}, nil, nil, nil // what they point to may go
}
