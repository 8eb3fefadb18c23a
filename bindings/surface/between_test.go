package surface

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/field"
)

// Who asks for hosts between two events, in a loop over flows, is told that the engine waits
// for an answer, and gets them once that is given.
func TestRowsBetweenEvents(t *testing.T) {
	t.Parallel()
	s, err := Open(Options{
		Sources: []string{manyFlows(t, 20000)}, NoDetection: true, BatchRows: 100, Workers: 2,
		IdleTimeout: 1, Functions: []Function{{Name: "a", Hooks: []string{"flow_end"}}},
	}, Leaves{})
	require.NoError(t, err)
	defer s.Close()
	for asked := false; !asked; {
		e, err := s.Next(5 * time.Second)
		require.NoError(t, err)
		if asked = e.Batch != nil; asked {
			e.Batch.Release()
		} else {
			e.Question.Done()
		}
	}
	for deadline := time.Now().Add(5 * time.Second); ; {
		b, err := s.Rows(field.Host)
		if err == nil {
			b.Release()
			return
		}
		require.ErrorIs(t, err, ErrAsked)
		require.Less(t, time.Now(), deadline)
		e, err := s.Next(0)
		require.NoError(t, err)
		if e.Batch != nil {
			e.Batch.Release()
		} else if e.Question != nil {
			e.Question.Done()
		}
	}
}
