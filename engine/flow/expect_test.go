package flow

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/packet"
)

// A hash whose lower half is 0 looks like that of an empty place.
func TestExpectAnEmptyPlace(t *testing.T) {
	t.Parallel()
	s := &Shard{index: newIndex()}
	require.NotPanics(t, func() { s.Expect(&packet.Packet{Hash: 5 << 32}) })
}
