package rest

import (
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/codec"
)

// asked counts how often a table is gone through that takes so long.
func asked(takes time.Duration) (*list, *atomic.Int32) {
	times := new(atomic.Int32)
	return newList(func(_ func(codec.Row), settle func()) {
		times.Add(1)
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
	require.EqualValues(t, 3, times.Load())
	require.Eventually(t, func() bool { return l.ask(q) != first }, 2*serveMost, cheap, "it gets too old")
}

func TestWhatIsCheapIsFoundAnew(t *testing.T) {
	t.Parallel()
	l, times := asked(0)
	q := &query{raw: "limit=1", limit: 1}
	for range 50 {
		l.ask(q)
	}
	require.Greater(t, times.Load(), int32(40), "unless the machine is busy")
}

func TestFewAnswersAreKept(t *testing.T) {
	t.Parallel()
	l, _ := asked(2 * cheap)
	for i := range 2 * maxRecent {
		l.ask(&query{raw: string(rune('a' + i)), limit: 1})
		require.LessOrEqual(t, len(l.recent.answers), maxRecent)
	}
	often := &query{raw: "often", limit: 1}
	first := l.ask(often)
	require.Same(t, first, l.ask(often))
	now := time.Now()
	for i := range 2 * maxRecent {
		l.recent.keep([]*answer{newAnswer(&query{raw: string(rune('A' + i)), limit: 1})}, now.Add(-time.Second), now)
	}
	require.Len(t, l.recent.answers, maxRecent)
	require.Contains(t, l.recent.answers, first, "what is asked for again stays")
	long := &query{raw: "limit=10000", limit: servedRows + 1}
	require.NotSame(t, l.ask(long), l.ask(long))
}

// TestNobodyWaitsForWhatIsAskedAgain has a table that takes as long as the test likes.
func TestNobodyWaitsForWhatIsAskedAgain(t *testing.T) {
	t.Parallel()
	takes := make(chan time.Duration, 1)
	l := newList(func(_ func(codec.Row), settle func()) {
		time.Sleep(<-takes)
		settle()
	})
	many := [...]*query{{raw: "a", limit: 1}, {raw: "b", limit: 1}}
	var before [len(many)]*answer
	for i, q := range many {
		takes <- serveMost / renewTimes // so that they serve for as long as any
		before[i] = l.ask(q)
		require.Same(t, before[i], l.ask(q))
	}
	time.Sleep(time.Until(before[0].age.renew) + time.Millisecond)
	require.Same(t, before[0], l.ask(many[0]), "it serves while another is found")
	require.Same(t, before[1], l.ask(many[1]))
	takes <- cheap
	for i, q := range many {
		require.Eventually(t, func() bool { return l.ask(q) != before[i] }, serveMost, cheap/4, "both are found at once")
	}
}

func TestWhatNobodyAsksAgainIsNotRenewed(t *testing.T) {
	t.Parallel()
	l, times := asked(4 * cheap)
	once, often := &query{raw: "once", limit: 1}, &query{raw: "often", limit: 1}
	l.ask(once)
	for before := l.ask(often); l.ask(often) == before; {
		time.Sleep(cheap)
	}
	require.EqualValues(t, 3, times.Load())
	require.False(t, slices.ContainsFunc(l.recent.answers, func(a *answer) bool { return a.query == once && a.age.renewed }))
}

func TestATableThatFailsInTheBackground(t *testing.T) {
	t.Parallel()
	var fails atomic.Bool
	l := newList(func(_ func(codec.Row), settle func()) {
		if fails.Load() {
			panic("a fault")
		}
		time.Sleep(4 * cheap)
		settle()
	})
	q := &query{raw: "q", limit: 1}
	first := l.ask(q)
	fails.Store(true)
	require.Eventually(t, func() (failed bool) {
		defer func() { failed = recover() != nil }()
		l.ask(q)
		return false
	}, 2*serveMost, cheap, "it is told when the answer of before is too old")
	fails.Store(false)
	require.NotSame(t, first, l.ask(q), "it goes on")
}
