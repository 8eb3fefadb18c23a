package dpi

// stream puts the first bytes of one direction of a TCP flow in order.
//
// While segments come in order and nothing must be kept, view is the packet's
// own payload and nothing is copied; keep copies what later calls will need.
type stream struct {
	view    []byte // contiguous bytes from the first, valid during the call
	buf     []byte // owned copy of view
	next    uint32 // sequence number after the last byte in view
	started bool
	full    bool      // the flow's budget is used up: view grows no more
	pending []segment // beyond a gap, at most maxPending
}

type segment struct {
	seq  uint32
	data []byte
}

// maxPending bounds the segments kept beyond a gap.
const maxPending = 8

// maxGap is how far a first segment may be from where it should be: above any window
// that is in use for a connection's first bytes.
const maxGap = 1 << 24

func (s *stream) empty() bool { return len(s.view) == 0 && len(s.pending) == 0 }

// start fixes the sequence number of the first payload byte (SYN + 1).
func (s *stream) start(seq uint32) {
	if !s.started {
		s.started, s.next = true, seq
	}
}

// add brings a segment and reports whether the view grew. What is kept counts
// against the budget of f.
func (s *stream) add(seq uint32, data []byte, f *Flow) bool {
	if s.full {
		return false
	}
	s.start(seq)
	gap := int32(seq - s.next) //nolint:gosec // sequence arithmetic, RFC 9293 section 3.4
	if s.empty() && (gap > maxGap || gap < -maxGap) {
		s.next, gap = seq, 0 // another connection's handshake, or one that was not seen
	}
	if gap > 0 {
		s.hold(seq, data, f)
		return false
	}
	if -int(gap) >= len(data) {
		return false // all seen before
	}
	s.extend(data[-gap:], f)
	for s.fill(f) {
	}
	return true
}

// extend appends in-order bytes to the view.
func (s *stream) extend(data []byte, f *Flow) {
	s.next += uint32(len(data)) //nolint:gosec // a segment is below 4 GiB
	if len(s.buf) == 0 {
		s.view = data
		return
	}
	if room := MaxBuffered - f.buffered; len(data) > room {
		data, s.full = data[:room], true
	}
	f.buffered += len(data)
	s.buf = append(s.buf, data...)
	s.view = s.buf
}

// keep copies a borrowed view, so that it outlives the packet.
func (s *stream) keep(f *Flow) {
	if len(s.buf) > 0 || len(s.view) == 0 {
		return
	}
	data := s.view
	if room := MaxBuffered - f.buffered; len(data) > room {
		data, s.full = data[:room], true
	}
	f.buffered += len(data)
	s.buf = append(s.buf[:0], data...)
	s.view = s.buf
}

// hold keeps a segment that came before its turn.
func (s *stream) hold(seq uint32, data []byte, f *Flow) {
	if len(s.pending) >= maxPending || len(data) == 0 || !f.Reserve(len(data)) {
		return
	}
	s.pending = append(s.pending, segment{seq, append([]byte(nil), data...)})
}

// fill appends one pending segment that has become contiguous.
func (s *stream) fill(f *Flow) bool {
	for i, p := range s.pending {
		gap := int32(p.seq - s.next) //nolint:gosec // sequence arithmetic
		if gap > 0 {
			continue
		}
		s.pending = append(s.pending[:i], s.pending[i+1:]...)
		f.buffered -= len(p.data)
		if -int(gap) < len(p.data) {
			s.keep(f)
			s.extend(p.data[-gap:], f)
		}
		return true
	}
	return false
}

// reset makes the stream ready for another flow; buf keeps its memory, up to limit.
func (s *stream) reset(limit int) {
	buf := s.buf[:0]
	if cap(buf) > limit {
		buf = nil // one long flow must not fatten the pool
	}
	*s = stream{buf: buf}
}
