package alert

import "slices"

// Journal notes the alerts of a Book whose state changes, for one who wants to know. It is
// used as the book is: by one goroutine at a time.
type Journal struct {
	book    *Book
	changed []*Alert
	noted   map[*Alert]Action
}

// Action is what happened to an alert.
type Action uint8

// Actions, each a bit of its own. A finding about a flow only begins: it is a single event.
const (
	Began Action = 1 << iota
	Seen         // somebody acknowledged it
	Ended
	worse // its severity rose: for who is told of severe alerts only, it begins now
)

// String returns the name of one action ("engaged").
func (a Action) String() string {
	return map[Action]string{Began: "engaged", Seen: "acknowledged", Ended: "released"}[a]
}

// Event is an alert as it stands, and one thing that happened to it.
type Event struct {
	Alert
	Action Action
}

// Watch begins to note which alerts change. Close the journal when nobody reads it any more.
func (b *Book) Watch() *Journal {
	j := &Journal{book: b, noted: make(map[*Alert]Action)}
	b.journals = append(b.journals, j)
	return j
}

// Changes hands over copies of the alerts that began, ended or were acknowledged since the
// last call, each once and as it stands. Further findings of the same condition are no
// change.
func (j *Journal) Changes() []Alert {
	all := make([]Alert, 0, len(j.changed))
	for _, a := range j.changed {
		if j.noted[a] != worse {
			all = append(all, *a)
		}
	}
	j.forget()
	return all
}

func (j *Journal) forget() {
	clear(j.changed) // let the alerts go
	j.changed = j.changed[:0]
	clear(j.noted)
}

// Events hands over what happened since the last call, also to one and the same alert. One
// that gets worse begins again.
func (j *Journal) Events() []Event {
	all := make([]Event, 0, len(j.changed))
	for _, a := range j.changed {
		noted := j.noted[a]
		if noted&worse != 0 {
			noted |= Began
		}
		for _, action := range []Action{Began, Seen, Ended} {
			if noted&action != 0 {
				all = append(all, Event{*a, action})
			}
		}
	}
	j.forget()
	return all
}

// Close ends the journal.
func (j *Journal) Close() {
	j.book.journals = slices.DeleteFunc(j.book.journals, func(other *Journal) bool { return other == j })
}

// changed notes a change in all journals.
func (b *Book) changed(a *Alert, how Action) {
	for _, j := range b.journals {
		j.note(a, how)
	}
}

// note is bounded by the book, for those who do not ask in time: an alert is noted once.
func (j *Journal) note(a *Alert, how Action) {
	if before, ok := j.noted[a]; ok {
		j.noted[a] = before | how
		return
	}
	if len(j.changed) >= j.book.max {
		j.book.dropped++
		return
	}
	j.noted[a] = how
	j.changed = append(j.changed, a)
}
