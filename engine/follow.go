package engine

import (
	"slices"
	"sync"
	"sync/atomic"

	"github.com/flowloom/flowloom/engine/flow"
)

// followers are those who want to know of each flow that ends.
type followers struct {
	mu  sync.Mutex
	all atomic.Pointer[[]*follower]
}

type follower struct{ see func(*flow.Record) }

// Follow calls see for each flow that ends from now on, until stop is called. The record is
// valid during the call, and the engine waits meanwhile: see does nothing slow.
func (e *Engine) Follow(see func(*flow.Record)) (stop func()) {
	f := &follower{see: see}
	e.collect.followers.change(func(all []*follower) []*follower { return append(all, f) })
	return func() {
		e.collect.followers.change(func(all []*follower) []*follower {
			return slices.DeleteFunc(all, func(other *follower) bool { return other == f })
		})
	}
}

// change replaces the list, as the engine may be going through the one that there is.
func (f *followers) change(with func([]*follower) []*follower) {
	f.mu.Lock()
	defer f.mu.Unlock()
	var all []*follower
	if now := f.all.Load(); now != nil {
		all = slices.Clone(*now)
	}
	all = with(all)
	f.all.Store(&all)
}

func (f *followers) tell(ended []*flow.Record) {
	all := f.all.Load()
	if all == nil {
		return
	}
	for _, to := range *all {
		for _, r := range ended {
			to.see(r)
		}
	}
}
