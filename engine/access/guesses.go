package access

import (
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// guesses counts wrong passwords, by origin and by user. One origin alone can not shut a
// user out: it has fewer guesses than the user.
type guesses struct {
	mu               sync.Mutex
	byOrigin, byUser *buckets
	told             *buckets
}

// buckets hold what is left of an allowance each, which grows again with time.
type buckets struct {
	most  float64
	every time.Duration // one more
	of    *simplelru.LRU[string, bucket]
}

type bucket struct {
	left float64
	at   time.Time
}

// maxBuckets bounds the memory: who has not guessed for longest is forgotten, which takes
// as many origins.
const maxBuckets = 8192

func newBuckets(most float64, every time.Duration) *buckets {
	of, _ := simplelru.NewLRU[string, bucket](maxBuckets, nil) // only a size below 1 fails
	return &buckets{most: most, every: every, of: of}
}

func newGuesses() *guesses {
	return &guesses{
		byOrigin: newBuckets(10, 15*time.Second), byUser: newBuckets(30, 10*time.Second), told: newBuckets(20, time.Minute),
	}
}

// now is what is left at a time.
func (b *buckets) now(key string, now time.Time) float64 {
	x, ok := b.of.Get(key)
	if !ok {
		return b.most
	}
	return min(b.most, x.left+max(0, now.Sub(x.at).Seconds())/b.every.Seconds())
}

// take uses one up, or says how long to wait for it.
func (b *buckets) take(key string, now time.Time) time.Duration {
	left := b.now(key, now)
	if left < 1 {
		return time.Duration((1 - left) * float64(b.every))
	}
	b.of.Add(key, bucket{left - 1, now})
	return 0
}

func (b *buckets) giveBack(key string) {
	if x, ok := b.of.Peek(key); ok {
		b.of.Add(key, bucket{min(b.most, x.left+1), x.at})
	}
}

// take uses up a guess, before it is known whether it is right, so that many at once are no
// way around. It says how long to wait when there is none.
func (g *guesses) take(from Origin, user string, now time.Time) time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	if wait := g.byOrigin.take(from.network(), now); wait > 0 {
		return wait
	}
	return g.byUser.take(short(user), now)
}

// giveBack undoes take for a right password.
func (g *guesses) giveBack(from Origin, user string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.byOrigin.giveBack(from.network())
	g.byUser.giveBack(short(user))
}

// tell says whether a wrong secret is worth a line in the log: a flood of them would push
// out all else.
func (g *guesses) tell(from Origin, now time.Time) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.told.take(from.network(), now) == 0
}

// short bounds what a guess takes; longer names have no user.
func short(user string) string { return user[:min(len(user), maxName+1)] }
