package engine

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
)

// Once the output has failed, what the reader says then does not hide it.
func TestTheFirstFailureIsTold(t *testing.T) {
	t.Parallel()
	p := newPipeline(2)
	take := func(stage int) task { // does what there is to do until it is that stage's turn
		for {
			next, ok := p.next(0)
			require.True(t, ok)
			if next.shard == stage {
				return next
			}
			p.finish(next, nil)
		}
	}
	output, read := take(toOutput), take(toRead)
	full := errors.New("disk full")
	p.finish(output, full)
	read.batch.last = true
	p.finish(read, context.Canceled)
	require.ErrorIs(t, p.err, full)
}
