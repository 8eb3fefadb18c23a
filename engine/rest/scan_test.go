package rest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/codec"
)

// asked counts how often a table is gone through that takes so long.
func asked(takes time.Duration) (*list, *int) {
	times := new(int)
	return newList(func(_ func(codec.Row), settle func()) {
		*times++
		time.Sleep(takes)
		settle()
	}), times
}

func TestWhatTookLongServesForAWhile(t *testing.T) {
	t.Parallel()
	l, times := asked(4 * cheap)
	q := &query{raw: "limit=1", limit: 1}
	first := l.ask(q)
	require.Same(t, first, l.ask(&query{raw: "limit=1", limit: 1}))
	require.NotSame(t, first, l.ask(&query{raw: "limit=2", limit: 2}), "another question")
	require.NotSame(t, first, l.ask(&query{raw: "limit=1", limit: 1, arrow: true}), "another form")
	require.Equal(t, 3, *times)
	require.Eventually(t, func() bool { return l.ask(q) != first }, 2*serveMost, cheap, "it gets too old")
}

func TestWhatIsCheapIsFoundAnew(t *testing.T) {
	t.Parallel()
	l, times := asked(0)
	q := &query{raw: "limit=1", limit: 1}
	for range 50 {
		l.ask(q)
	}
	require.Greater(t, *times, 40, "unless the machine is busy")
}

func TestFewAnswersAreKept(t *testing.T) {
	t.Parallel()
	l, _ := asked(2 * cheap)
	for i := range 2 * maxRecent {
		l.ask(&query{raw: string(rune('a' + i)), limit: 1})
		require.LessOrEqual(t, len(l.recent), maxRecent)
	}
	long := &query{raw: "limit=10000", limit: servedRows + 1}
	require.NotSame(t, l.ask(long), l.ask(long))
}
