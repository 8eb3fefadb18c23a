package dpi

import "slices"

// assembler puts the pieces of one message in order, which may come in any order and
// more than once. Its bytes count against the flow's budget.
type assembler struct {
	data []byte
	have []span // sorted, without overlap
}

type span struct{ from, to int }

// maxSpans bounds the islands between gaps.
const maxSpans = 32

// put keeps the piece at an offset; limit is how long the message may be.
func (a *assembler) put(f *Flow, offset int, piece []byte, limit int) {
	end := offset + len(piece)
	if len(piece) == 0 || end > limit || len(a.have) >= maxSpans {
		return
	}
	if grow := end - len(a.data); grow > 0 {
		if !f.Reserve(grow) {
			return
		}
		a.data = append(a.data, make([]byte, grow)...)
	}
	copy(a.data[offset:], piece)
	a.merge(span{offset, end})
}

// merge adds a span, and joins those that it touches.
func (a *assembler) merge(s span) {
	first, _ := slices.BinarySearchFunc(a.have, s.from, func(h span, from int) int { return h.to - from })
	last := first
	for last < len(a.have) && a.have[last].from <= s.to {
		s.from, s.to = min(s.from, a.have[last].from), max(s.to, a.have[last].to)
		last++
	}
	a.have = slices.Replace(a.have, first, last, s)
}

// contiguous returns the bytes from the start that are all there.
func (a *assembler) contiguous() []byte {
	if len(a.have) == 0 || a.have[0].from != 0 {
		return nil
	}
	return a.data[:a.have[0].to]
}

// reset makes it ready for another message, and gives its bytes back to the budget.
func (a *assembler) reset(f *Flow) {
	f.buffered -= len(a.data)
	*a = assembler{data: a.data[:0], have: a.have[:0]}
}
