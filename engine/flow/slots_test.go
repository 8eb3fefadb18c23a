package flow

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestSlots adds and takes at random, against a map.
func TestSlots(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // not for secrets
	var s slots
	want := make(map[uint32]bool)
	for range 20_000 {
		if rnd.IntN(3) > 0 {
			slot := rnd.Uint32N(1000)
			s.add(slot)
			want[slot] = true
		} else if !s.empty() {
			slot := s.take()
			require.True(t, want[slot])
			delete(want, slot)
			for other := range want {
				require.Less(t, slot, other, "the first comes first")
			}
		}
		require.Equal(t, len(want) == 0, s.empty())
	}
	var left []uint32
	for !s.empty() {
		left = append(left, s.take())
	}
	require.Len(t, left, len(want))
	require.True(t, slices.IsSorted(left))
	s.add(7)
	s.clear()
	require.True(t, s.empty())
	s.add(3)
	require.Equal(t, uint32(3), s.take())
}
