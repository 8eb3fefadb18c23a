package store

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPoolGivesBackWhatWasFreed(t *testing.T) {
	t.Parallel()
	p := newPool()
	for _, size := range []int{0, 1, 64, 65, 5000, 1 << 20} {
		b := p.Allocate(size)
		require.Len(t, b, size)
		for i := range b {
			b[i] = 0xff
		}
		p.Free(b)
		again := p.Allocate(size)
		require.Equal(t, make([]byte, size), again, "it is clean")
		if size > 0 {
			require.Same(t, &b[:1][0], &again[:1][0])
			again[0] = 7
			larger := p.Reallocate(3*size, again)
			require.Equal(t, byte(7), larger[0])
			require.Equal(t, make([]byte, 3*size-1), larger[1:])
			require.Equal(t, byte(7), p.Reallocate(size, larger)[0])
		}
	}
	p.Free(make([]byte, 1000)) // of others
	p.Free(nil)
}
