package dpi

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// segments adds pieces of text at offsets from start, and returns the view.
func segments(f *Flow, s *stream, start uint32, text string, pieces ...[2]int) string {
	for _, p := range pieces {
		s.add(start+uint32(p[0]), []byte(text[p[0]:p[1]]), f)
		s.keep(f)
	}
	return string(s.view)
}

func TestStream(t *testing.T) {
	t.Parallel()
	const text = "0123456789abcdefghij"
	for _, tt := range []struct {
		name   string
		pieces [][2]int
		want   string
	}{
		{"in order", [][2]int{{0, 5}, {5, 20}}, text},
		{"retransmission", [][2]int{{0, 5}, {0, 5}, {5, 20}, {0, 20}}, text},
		{"overlap", [][2]int{{0, 8}, {5, 12}, {3, 20}}, text},
		{"the wrong way round", [][2]int{{15, 20}, {10, 15}, {5, 10}, {0, 5}}, text},
		{"overlap beyond a gap", [][2]int{{12, 20}, {8, 14}, {0, 9}}, text},
		{"gap", [][2]int{{0, 5}, {6, 20}}, text[:5]},
		{"gap at the start", [][2]int{{1, 20}}, ""},
		{"byte by byte, backwards within what is kept", [][2]int{{7, 8}, {6, 7}, {5, 6}, {4, 5}, {3, 4}, {2, 3}, {1, 2}, {0, 1}}, text[:8]},
	} {
		for _, start := range []uint32{1, math.MaxUint32 - 7} { // the sequence number wraps
			var f Flow
			var s stream
			s.start(start)
			assert.Equal(t, tt.want, segments(&f, &s, start, text, tt.pieces...), tt.name)
			held := 0
			for _, p := range s.pending {
				held += len(p.data)
			}
			assert.Equal(t, len(s.buf)+held, f.buffered, tt.name)
		}
	}
}

// A first segment far from the handshake that was seen belongs to another handshake.
func TestStreamOfAnotherHandshake(t *testing.T) {
	t.Parallel()
	for _, jump := range []uint32{maxGap + 1, math.MaxUint32 - maxGap - 1} {
		var f Flow
		var s stream
		s.start(100)
		assert.Equal(t, "hello", segments(&f, &s, 100+jump, "hello", [2]int{0, 5}))
	}
	var f Flow
	var s stream
	s.start(100)
	assert.False(t, s.add(99, []byte("x"), &f), "keep-alive")
	assert.False(t, s.add(200, []byte("x"), &f), "gap")
}

func TestStreamBudget(t *testing.T) {
	t.Parallel()
	var f Flow
	var s stream
	text := strings.Repeat("x", 1000)
	for n := range uint32(30) {
		s.add(1+n*1000, []byte(text), &f)
		s.keep(&f)
	}
	assert.Len(t, s.view, MaxBuffered)
	assert.Equal(t, MaxBuffered, f.buffered)
	var other stream
	other.start(1)
	assert.False(t, other.add(2, []byte("beyond a gap"), &f))
	assert.Empty(t, other.pending, "nothing left to keep it with")
}

// Whatever comes in whatever order, the view is the start of what was sent.
func FuzzStream(f *testing.F) {
	f.Add(uint32(1), []byte{0, 5, 5, 5})
	f.Add(uint32(math.MaxUint32-3), []byte{9, 5, 4, 9, 0, 4})
	f.Fuzz(func(t *testing.T, start uint32, ops []byte) {
		sent := make([]byte, 512)
		for i := range sent {
			sent[i] = byte(i * 7)
		}
		var flow Flow
		var s stream
		s.start(start)
		contiguous := 0
		for i := 0; i+2 <= len(ops); i += 2 {
			from, size := int(ops[i]), int(ops[i+1])
			before := len(s.view)
			grew := s.add(start+uint32(from), sent[from:from+size], &flow)
			s.keep(&flow)
			if from <= contiguous { // a run from the start needs no memory of what came early
				contiguous = max(contiguous, from+size)
			}
			assert.Equal(t, grew, len(s.view) > before)
		}
		assert.GreaterOrEqual(t, len(s.view), contiguous)
		assert.Equal(t, sent[:len(s.view)], append([]byte{}, s.view...))
		assert.LessOrEqual(t, len(s.pending), maxPending)
		s.reset(roomy)
		assert.True(t, s.empty())
	})
}
