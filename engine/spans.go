package engine

import (
	"github.com/flowloom/flowloom/engine/capture"
)

// spans is a Source whose batches end with a span of packet time, however few packets there
// are. So checks run once in each minute, and the flows that a long silence ends are spread
// over several batches: one stage works on some of them while another has the next.
type spans struct {
	capture.Source
	rest []capture.Frame // of the last batch read; their bytes are their own
	err  error           // that came with it
	now  int64           // the last batch's Now
	// until is where the span at hand ends.
	until int64
}

// span is how much packet time a batch has at most. A minute consists of whole ones.
const span, minute = int64(10e9), int64(60e9)

// Read implements capture.Source.
func (s *spans) Read(b *capture.Batch) error {
	if len(s.rest) == 0 {
		if s.err != nil {
			return s.err
		}
		s.err = s.Source.Read(b)
		if n := s.whole(b.Frames); n < len(b.Frames) {
			s.keep(b.Frames[n:])
			b.Frames = b.Frames[:n]
			s.now, b.Now = b.Now, 0
			return nil
		}
		return s.err
	}
	n := s.whole(s.rest)
	b.Frames = append(b.Frames[:0], s.rest[:n]...)
	if s.rest = s.rest[n:]; len(s.rest) > 0 {
		b.Now = 0
		return nil
	}
	b.Now = s.now
	return s.err
}

// whole returns how many frames there are before the first one of a later span; that one
// begins the next.
func (s *spans) whole(frames []capture.Frame) int {
	for i := range frames {
		if at := frames[i].Time; at >= s.until {
			s.until = at - at%span + span
			if i > 0 {
				return i
			}
		}
	}
	return len(frames)
}

// keep copies frames, as the batch that they came in is used for others.
func (s *spans) keep(frames []capture.Frame) {
	size := 0
	for i := range frames {
		size += len(frames[i].Data)
	}
	held := make([]byte, 0, size)
	s.rest = append([]capture.Frame(nil), frames...)
	for i := range s.rest {
		from := len(held)
		held = append(held, s.rest[i].Data...)
		s.rest[i].Data = held[from:len(held):len(held)]
	}
}
