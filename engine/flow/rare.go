package flow

import "github.com/flowloom/flowloom/engine/dpi"

// rare is what only some records have: those that last, those in trouble, and those that
// came wrapped. It stands apart so that a table of many short flows stays small.
type rare struct {
	told    told
	trouble [2]trouble
	part    *counts // at the end of the part before, nil in the first
	wrapping
}

// wrapping is what the first packet lay in.
type wrapping struct {
	teid      uint32 // of the tunnel
	innerVLAN uint16
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

// wrapping returns what the first packet lay in.
func (r *Record) wrapping() wrapping {
	if r.rare == nil {
		return wrapping{}
	}
	return r.rare.wrapping
}

// kept returns what the record of a flow that goes on must know of the one before: which
// sequence numbers are still missing, and what the packets lie in.
func (r *Record) kept() *rare {
	c, v, around := r.troubles(FromClient), r.troubles(FromServer), r.wrapping()
	if c.holeFrom == c.holeTo && v.holeFrom == v.holeTo && around == (wrapping{}) {
		return nil
	}
	return &rare{
		trouble:  [2]trouble{{holeFrom: c.holeFrom, holeTo: c.holeTo}, {holeFrom: v.holeFrom, holeTo: v.holeTo}},
		wrapping: around,
	}
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
