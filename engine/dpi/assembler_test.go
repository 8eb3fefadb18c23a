package dpi

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/assert"
)

// Against a plain map of what has come.
func FuzzAssembler(f *testing.F) {
	f.Add([]byte{5, 3, 0, 5, 2, 9, 5, 8})
	f.Add([]byte{0, 1, 1, 1, 2, 1, 0, 9})
	f.Fuzz(func(t *testing.T, ops []byte) {
		message := bytes.Repeat([]byte("0123456789abcdef"), 32)
		var a assembler
		var have [512]bool
		flow := new(Flow)
		for i := 0; i+2 <= len(ops); i += 2 {
			from, size := int(ops[i]), int(ops[i+1])
			room := len(a.have) < maxSpans
			a.put(flow, from, message[from:from+size], 400)
			for at := from; room && from+size <= 400 && at < from+size; at++ {
				have[at] = true
			}
		}
		want := 0
		for want < len(have) && have[want] {
			want++
		}
		assert.Equal(t, string(message[:want]), string(a.contiguous()))
		assert.LessOrEqual(t, len(a.have), maxSpans)
		assert.Equal(t, len(a.data), flow.buffered)
		a.reset(flow)
		assert.Zero(t, flow.buffered)
		assert.Empty(t, a.contiguous())
	})
}

func TestAssemblerBudget(t *testing.T) {
	t.Parallel()
	f := new(Flow)
	assert.True(t, f.Reserve(MaxBuffered-10))
	var a assembler
	a.put(f, 0, []byte("12345"), 100)
	a.put(f, 5, []byte("1234567890"), 100)
	assert.Equal(t, "12345", string(a.contiguous()), "the second is too much")
	assert.Equal(t, MaxBuffered-5, f.buffered)
}
