package flow

// ring files the flows of one class by the second of their latest packet, as it
// was when they were filed: a flow that was active since is filed anew when its
// second comes up. So a packet costs nothing here, and the flow that was idle for
// longest is found at once, exact to a second.
type ring struct {
	heads []uint32 // slot + 1 of one flow of the circle, 0 for none
	// base is the oldest second that may hold flows.
	base    int64
	started bool
	timeout int64 // nanoseconds
}

const second = int64(1e9)

func newRing(timeout int64) ring {
	return ring{heads: make([]uint32, timeout/second+3), timeout: timeout}
}

// secondOf rounds down, also before the epoch.
func secondOf(t int64) int64 {
	s := t / second
	if t%second < 0 {
		s--
	}
	return s
}

func (g *ring) place(sec int64) uint32 {
	n := int64(len(g.heads))
	return uint32(((sec % n) + n) % n) //nolint:gosec // below the ring's size
}

// file puts the flow in slot under the second of its latest packet.
func (s *Shard) file(slot uint32) {
	r := s.slab.at(slot)
	g := &s.rings[r.class]
	sec := secondOf(r.touched)
	if !g.started {
		g.base, g.started = sec, true
	}
	sec = max(sec, g.base)
	r.bucket = g.place(sec)
	head := &g.heads[r.bucket]
	if *head == 0 {
		r.prev, r.next = slot, slot
		*head = slot + 1
		return
	}
	first := s.slab.at(*head - 1)
	r.prev, r.next = first.prev, *head-1
	s.slab.at(first.prev).next = slot
	first.prev = slot
}

// unfile takes the flow in slot out of its circle.
func (s *Shard) unfile(slot uint32) {
	r := s.slab.at(slot)
	head := &s.rings[r.class].heads[r.bucket]
	if r.next == slot {
		*head = 0
		return
	}
	s.slab.at(r.prev).next = r.next
	s.slab.at(r.next).prev = r.prev
	if *head == slot+1 {
		*head = r.next + 1
	}
}

// sweepAll sweeps all classes, and says when the next second begins.
func (s *Shard) sweepAll(clock int64) {
	for c := range s.rings {
		s.sweep(class(c), clock) //nolint:gosec // below numClasses
	}
	s.due = (secondOf(clock) + 1) * second
}

// sweep ends the flows of a class that were idle for longer than its timeout at
// the clock.
func (s *Shard) sweep(c class, clock int64) {
	g := &s.rings[c]
	if !g.started {
		return
	}
	// All of second limit-1 and before is beyond the timeout.
	limit := secondOf(clock - g.timeout)
	for turns := 0; g.base < limit; turns++ {
		if turns > len(g.heads) {
			g.base = limit // the clock jumped: every place was seen once
			return
		}
		s.clear(g, g.base, limit)
		g.base++
	}
}

// clear looks at each flow of one second's circle once. Those that were active
// since go to their second, which may be this place again, one turn of the ring
// later: they join the end of the circle, behind the ones to look at. Only whole
// seconds before limit end, so that what a sweep finds does not depend on where
// the flows were filed.
func (s *Shard) clear(g *ring, sec, limit int64) {
	place := g.place(sec)
	for n := s.circle(g.heads[place]); n > 0; n-- {
		slot := g.heads[place] - 1
		if secondOf(s.slab.at(slot).touched) < limit {
			s.end(slot, Idle)
			continue
		}
		s.unfile(slot)
		s.fileAfter(g, slot, sec)
	}
}

// circle counts the flows of a circle.
func (s *Shard) circle(head uint32) int {
	if head == 0 {
		return 0
	}
	n := 1
	for slot := s.slab.at(head - 1).next; slot != head-1; slot = s.slab.at(slot).next {
		n++
	}
	return n
}

// fileAfter files a flow that was active behind the second that is cleared.
func (s *Shard) fileAfter(g *ring, slot uint32, sec int64) {
	base := g.base
	g.base = sec + 1
	s.file(slot)
	g.base = base
}

// evict ends the flow that was idle for longest.
func (s *Shard) evict() {
	for {
		var oldest *ring
		for c := range s.rings {
			g := &s.rings[c]
			if g.settle() && (oldest == nil || g.base < oldest.base) {
				oldest = g
			}
		}
		if oldest == nil {
			return
		}
		slot := oldest.heads[oldest.place(oldest.base)] - 1
		if s.clock-s.slab.at(slot).touched > oldest.timeout { // its time had come anyway
			s.end(slot, Idle)
			return
		}
		if secondOf(s.slab.at(slot).touched) <= oldest.base {
			s.evicted++
			s.end(slot, Evicted)
			return
		}
		s.unfile(slot)
		s.file(slot)
	}
}

// settle moves base to the first second that holds flows; false when none does.
func (g *ring) settle() bool {
	if !g.started {
		return false
	}
	for range g.heads {
		if g.heads[g.place(g.base)] != 0 {
			return true
		}
		g.base++
	}
	g.started = false
	return false
}
