package flow

import "slices"

// period is the time between two copies of a flow that goes on.
const period = int64(60e9)

// detected copies a flow whose protocol is known, or will not be.
func (s *Shard) detected(r *Record) {
	if s.cfg.Detected {
		s.detector.Name(&r.DPI)
		s.out.Detected = append(s.out.Detected, *r)
		r.ownInfo() // the copy's stays as it is
	}
}

// periodic copies a flow that goes on, once in each period.
func (s *Shard) periodic(r *Record) {
	if !s.cfg.Periodic {
		return
	}
	told := &r.rare.told
	if told.period == 0 {
		told.period = r.FirstSeen()
	}
	if s.clock-told.period < period {
		return
	}
	told.period = s.clock
	s.out.Periodic = append(s.out.Periodic, *r)
	r.ownInfo()
}

func sortCopies(copies []Record) {
	if len(copies) > 1 {
		slices.SortFunc(copies, func(a, b Record) int { return Compare(&a, &b) })
	}
}
