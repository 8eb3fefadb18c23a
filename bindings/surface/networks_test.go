package surface

import (
	"errors"
	"io"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/field"
)

// drained opens a session, reads it to its end, and says how many questions there were.
func drained(t *testing.T, o Options) (s *Session, questions int) {
	t.Helper()
	s, err := Open(o, Leaves{})
	require.NoError(t, err)
	for {
		e, err := s.Next(-1)
		if errors.Is(err, io.EOF) {
			return s, questions
		}
		require.NoError(t, err)
		if e.Batch != nil {
			e.Batch.Release()
		}
		if e.Question != nil {
			questions++
			e.Question.Done()
		}
	}
}

func TestNetworksHaveNamesRowsAndAHook(t *testing.T) {
	t.Parallel()
	s, questions := drained(t, Options{
		Sources: []string{manyFlows(t, 2000)}, NoDetection: true, LocalNets: []string{"10.0.0.0/8=office"},
		Functions: []Function{{Name: "net", Hooks: []string{"network"}}},
	})
	defer s.Close()
	require.Positive(t, questions)
	b, err := s.Rows(field.Network)
	require.NoError(t, err)
	defer b.Release()
	require.EqualValues(t, 1, b.NumRows())
	for n := range s.eng.Hosts().Networks() {
		require.Equal(t, "office", n.Name)
	}
}

func TestRowsAtOnce(t *testing.T) {
	t.Parallel()
	s, _ := drained(t, Options{Sources: []string{manyFlows(t, 2000)}, NoDetection: true})
	defer s.Close()
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for range 50 {
				if b, err := s.Rows(field.Interface); err == nil {
					b.Release()
				} else {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
}
