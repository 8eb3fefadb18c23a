package engine

import (
	"slices"

	"github.com/flowloom/flowloom/engine/capture"
)

// minutes is a Source whose batches end with a minute of packet time, so that checks run
// once in each, however few packets there are.
type minutes struct {
	capture.Source
	rest []capture.Frame // of the last batch read; their bytes are their own
	err  error           // that came with it
	now  int64           // the minute at hand
}

const minute = int64(60e9)

// Read implements capture.Source.
func (m *minutes) Read(b *capture.Batch) error {
	if len(m.rest) == 0 {
		if m.err != nil {
			return m.err
		}
		m.err = m.Source.Read(b)
		if n := m.whole(b.Frames); n < len(b.Frames) {
			m.keep(b.Frames[n:])
			b.Frames = b.Frames[:n]
			return nil
		}
		return m.err
	}
	n := m.whole(m.rest)
	b.Frames = append(b.Frames[:0], m.rest[:n]...)
	if m.rest = m.rest[n:]; len(m.rest) > 0 {
		return nil
	}
	return m.err
}

// whole returns how many frames there are before the first one of a later minute; that
// one begins the next.
func (m *minutes) whole(frames []capture.Frame) int {
	for i := range frames {
		if now := frames[i].Time / minute; now > m.now {
			m.now = now
			if i > 0 {
				return i
			}
		}
	}
	return len(frames)
}

// keep copies frames, as the batch that they came in is used for others.
func (m *minutes) keep(frames []capture.Frame) {
	m.rest = slices.Clone(frames)
	for i := range m.rest {
		m.rest[i].Data = slices.Clone(m.rest[i].Data)
	}
}
