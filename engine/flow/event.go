package flow

// period is the time between two copies of a flow that goes on.
const period = int64(60e9)

// detected names a flow that goes on and whose protocol is known, or will not be, and
// copies it for those who want to know.
func (s *Shard) detected(r *Record) {
	s.detector.Name(&r.DPI)
	if s.cfg.Detected {
		s.out.detected = append(s.out.detected, r.copied())
		r.flags |= announced
	}
}

// copied returns a copy that stays as it is.
func (r *Record) copied() Record {
	c := *r
	c.DPI = r.DPI.Copy()
	if r.rare != nil {
		own := *r.rare
		c.rare = &own
	}
	r.flags |= hasCopy
	return c
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
	s.out.periodic = append(s.out.periodic, r.copied())
	if s.cfg.Parts {
		r.rare.part = r.counts()
	}
}

// pointers appends pointers to the copies.
func pointers(dst []*Record, copies []Record) []*Record {
	for i := range copies {
		dst = append(dst, &copies[i])
	}
	return dst
}
