package engine

import (
	"errors"
	"io"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/flowloom/flowloom/engine/capture"
)

// frames is a source of one batch whose bytes are used again at once.
type frames struct {
	capture.Source
	times []int64
	err   error
}

func (f *frames) Read(b *capture.Batch) error {
	b.Frames = b.Frames[:0]
	if f.times == nil {
		return io.EOF
	}
	for i := range f.times {
		b.Frames = append(b.Frames, capture.Frame{Time: f.times[i] * 1e9, Data: []byte{byte(i)}})
	}
	f.times = nil
	return f.err
}

func TestBatchesEndWithSpans(t *testing.T) {
	t.Parallel()
	lost := errors.New("lost")
	for name, tt := range map[string]struct {
		times []int64
		err   error
		want  [][]byte
	}{
		"within one":       {[]int64{60, 61, 69}, nil, [][]byte{{0, 1, 2}}},
		"three of them":    {[]int64{60, 61, 70, 300, 301}, nil, [][]byte{{0, 1}, {2}, {3, 4}}},
		"time runs back":   {[]int64{120, 60, 121, 130}, nil, [][]byte{{0, 1, 2}, {3}}},
		"error at the end": {[]int64{60, 120}, lost, [][]byte{{0}, {1}}},
		"nothing":          {nil, nil, nil},
	} {
		m := &spans{Source: &frames{times: tt.times, err: tt.err}}
		var got [][]byte
		var b capture.Batch
		var err error
		for err == nil {
			if err = m.Read(&b); len(b.Frames) > 0 && !errors.Is(err, io.EOF) {
				var ids []byte
				for _, f := range b.Frames {
					ids = append(ids, f.Data...)
				}
				got = append(got, ids)
			}
		}
		assert.Equal(t, tt.want, got, name)
		if tt.err != nil {
			assert.ErrorIs(t, err, tt.err, name)
		}
	}
}

// What a live source says of the time holds once all of its frames have been told.
func TestTimeGoesOnBehindTheFrames(t *testing.T) {
	t.Parallel()
	s := &spans{Source: &live{frames: frames{times: []int64{1, 11, 21}}}}
	var got []int64
	var b capture.Batch
	for range 3 {
		assert.NoError(t, s.Read(&b))
		got = append(got, b.Now)
	}
	assert.Equal(t, []int64{0, 0, 30e9}, got)
}

type live struct{ frames }

func (l *live) Read(b *capture.Batch) error {
	b.Now = 30e9
	return l.frames.Read(b)
}
