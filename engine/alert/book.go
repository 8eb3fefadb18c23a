package alert

import (
	"fmt"
	"iter"
	"slices"

	"github.com/flowloom/flowloom/engine/telemetry"
)

// DefaultMax is how many alerts a Book keeps unless told otherwise.
const DefaultMax = 100_000

// Book holds the alerts. It is for one goroutine at a time.
type Book struct {
	max      int
	engaged  map[key]*Alert
	flows    map[uint64][]*Alert // of flows that are alive; they stand in past too
	past     []*Alert
	dropped  uint64
	journals []*Journal
}

// key tells conditions apart: the same finding again refreshes its alert.
type key struct {
	check, subject string
	entity         Entity
}

// NewBook returns an empty book for at most so many engaged and as many past alerts;
// 0 stands for DefaultMax.
func NewBook(most int) *Book {
	if most <= 0 {
		most = DefaultMax
	}
	return &Book{max: most, engaged: make(map[key]*Alert), flows: make(map[uint64][]*Alert)}
}

// Raise enters a finding: a new alert, or the same condition as before. A score of 0
// raises nothing. When the book is full, a new condition is dropped and counted, and
// of past alerts the oldest go. The alert is the book's; nil stands for none.
func (b *Book) Raise(f *Finding) *Alert {
	switch {
	case f.Score == 0:
		return nil
	case f.Entity == Flow:
		return b.mark(f)
	default:
		return b.engage(f)
	}
}

func (b *Book) engage(f *Finding) *Alert {
	k := key{f.Check, f.Subject, f.Entity}
	if a := b.engaged[k]; a != nil {
		b.refresh(a, f)
		return a
	}
	if len(b.engaged) >= b.max {
		b.dropped++
		return nil
	}
	a := &Alert{Finding: *f, Status: Engaged, Last: f.Time, Count: 1}
	b.engaged[k] = a
	b.changed(a, Began)
	return a
}

// mark enters a finding about a flow: an alert that it keeps, once for each check.
func (b *Book) mark(f *Finding) *Alert {
	for _, a := range b.flows[f.Flow] {
		if a.Check == f.Check {
			b.refresh(a, f)
			return a
		}
	}
	if len(b.flows) >= b.max {
		b.dropped++
		return nil
	}
	a := &Alert{Finding: *f, Status: Past, Last: f.Time, Count: 1}
	b.flows[f.Flow] = append(b.flows[f.Flow], a)
	b.changed(a, Began)
	b.keep(a)
	return a
}

func (b *Book) refresh(a *Alert, f *Finding) { b.Refresh(a, f.Score, f.Message, f.Time) }

// Refresh enters another finding of the condition of an alert that the book has.
func (b *Book) Refresh(a *Alert, score uint8, message string, time int64) {
	before := a.Severity()
	a.refresh(score, message, time)
	if a.Severity() > before {
		b.changed(a, worse)
	}
}

// Marked counts the flows that are alive and have alerts.
func (b *Book) Marked() int { return len(b.flows) }

// Marks counts the alerts about a flow that is alive.
func (b *Book) Marks(flow uint64) int { return len(b.flows[flow]) }

// EngagedAbout counts the alerts about one entity whose condition lasts.
func (b *Book) EngagedAbout(entity Entity, subject string) int {
	n := 0
	for k := range b.engaged {
		if k.entity == entity && k.subject == subject {
			n++
		}
	}
	return n
}

// refresh enters another finding of the same condition.
func (a *Alert) refresh(score uint8, message string, time int64) {
	a.Last, a.Message, a.Score = max(a.Last, time), message, max(a.Score, score)
	a.Count++
}

// FlowEnded forgets which flow its alerts are about: another one may be called the
// same.
func (b *Book) FlowEnded(flow uint64) {
	if len(b.flows) > 0 {
		delete(b.flows, flow)
	}
}

// Release ends the engaged alerts about one kind of entity that were not raised again
// since a run of the checks began.
func (b *Book) Release(entity Entity, since, now int64) {
	for k, a := range b.engaged {
		if k.entity == entity && a.Last < since {
			b.release(k, a, now)
		}
	}
}

// ReleaseAll ends every engaged alert of a check, as when it is switched off.
func (b *Book) ReleaseAll(check string, now int64) {
	for k, a := range b.engaged {
		if k.check == check {
			b.release(k, a, now)
		}
	}
}

func (b *Book) release(k key, a *Alert, now int64) {
	if a.Status == Engaged {
		a.Status = Past
	}
	a.Last, a.Released = max(a.Last, now), true
	delete(b.engaged, k)
	b.changed(a, Ended)
	b.keep(a)
}

// keep puts an alert among the past ones.
func (b *Book) keep(a *Alert) {
	if len(b.past) >= 2*b.max { // in one move for many, not for each
		b.dropped += uint64(b.max) //nolint:gosec // positive
		b.past = append(b.past[:0], b.past[b.max:]...)
	}
	b.past = append(b.past, a)
}

// ReleaseMatching ends the engaged alerts that match, and returns how many there were. A
// condition that lasts is found again, as another alert.
func (b *Book) ReleaseMatching(match func(*Alert) bool, now int64) int {
	n := 0
	for k, a := range b.engaged {
		if match(a) {
			b.release(k, a, now)
			n++
		}
	}
	return n
}

// Acknowledge marks the alerts that match as seen to, with a note, and returns how
// many there were.
func (b *Book) Acknowledge(match func(*Alert) bool, label string) int {
	n := 0
	for _, a := range b.All() {
		if a.Status != Acknowledged && match(a) {
			a.Status, a.Label = Acknowledged, label
			b.changed(a, Seen)
			n++
		}
	}
	return n
}

// All returns the alerts, engaged and past, in the order of Compare.
func (b *Book) All() []*Alert {
	all := slices.Clone(b.past)
	for _, a := range b.engaged {
		all = append(all, a)
	}
	slices.SortFunc(all, Compare)
	return all
}

// Each yields the alerts in no order that has a meaning.
func (b *Book) Each() iter.Seq[*Alert] {
	return func(yield func(*Alert) bool) {
		for _, a := range b.past {
			if !yield(a) {
				return
			}
		}
		for _, a := range b.engaged {
			if !yield(a) {
				return
			}
		}
	}
}

// Len counts the alerts.
func (b *Book) Len() int { return len(b.past) + len(b.engaged) }

// Engaged counts the alerts whose condition lasts.
func (b *Book) Engaged() int { return len(b.engaged) }

// Severities counts them for each severity.
func (b *Book) Severities() map[Severity]uint64 {
	n := make(map[Severity]uint64)
	for _, a := range b.engaged {
		n[a.Severity()]++
	}
	return n
}

// Counters lists what the book had to give up.
func (b *Book) Counters() []telemetry.Counter {
	return []telemetry.Counter{{Name: "alert_dropped", Help: fmt.Sprintf("alerts beyond the %d that are kept", b.max), Value: b.dropped}}
}
