package rest

import (
	"slices"
	"time"
)

// recent are answers of before that serve still. Who goes through a large table keeps the
// engine from its work, so an answer serves for some times as long as it took to find it; and
// those that are asked for again and again are found anew before they get too old, all at
// once, so that nobody waits for them.
type recent struct{ answers []*answer }

// How long answers serve: renewTimes as long as it took to find them, then others are found
// while they serve for as long once more. What takes less than cheap is found anew each time.
const (
	renewTimes = 8
	serveMost  = 500 * time.Millisecond
	cheap      = 2 * time.Millisecond
	// maxRecent bounds the answers that are kept, and servedRows the rows of each.
	maxRecent  = 16
	servedRows = 1000
)

// age tells how long an answer serves.
type age struct {
	// renew is when it should be found anew, soon when that may be done together with others.
	soon, renew, until time.Time
	// again: it was asked for again; renewed: it is being found anew.
	again, renewed bool
}

// keep has answers serve for a while that were found from begin to now.
func (r *recent) keep(all []*answer, begin, now time.Time) {
	cost := now.Sub(begin)
	if cost < cheap {
		return
	}
	r.expire(now)
	serve := min(2*renewTimes*cost, serveMost)
	for _, a := range all {
		r.answers = slices.DeleteFunc(r.answers, func(old *answer) bool { return old.query.same(a.query) })
		if len(r.answers) == maxRecent {
			r.makeRoom()
		}
		if a.query.limit <= servedRows && len(r.answers) < maxRecent {
			a.age = age{soon: now.Add(serve / 4), renew: now.Add(serve / 2), until: now.Add(serve)}
			r.answers = append(r.answers, a)
		}
	}
}

// makeRoom lets an answer go that nobody asked for again, if there is one.
func (r *recent) makeRoom() {
	if i := slices.IndexFunc(r.answers, func(a *answer) bool { return !a.age.again }); i >= 0 {
		r.answers = slices.Delete(r.answers, i, i+1)
	}
}

// find returns the answer to a query, if there is one, and those of before that are to be
// found anew now.
func (r *recent) find(q *query, now time.Time) (found *answer, old []*answer) {
	r.expire(now)
	i := slices.IndexFunc(r.answers, func(a *answer) bool { return a.query.same(q) })
	if i < 0 {
		return nil, nil
	}
	found = r.answers[i]
	found.age.again = true
	if found.age.renewed || now.Before(found.age.renew) {
		return found, nil
	}
	for _, a := range r.answers {
		if a.age.again && !a.age.renewed && now.After(a.age.soon) {
			a.age.renewed = true
			old = append(old, a)
		}
	}
	return found, old
}

// expire forgets answers that are too old.
func (r *recent) expire(now time.Time) {
	r.answers = slices.DeleteFunc(r.answers, func(a *answer) bool { return now.After(a.age.until) })
}
