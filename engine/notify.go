package engine

import (
	"time"

	"github.com/flowloom/flowloom/engine/alert"
	"github.com/flowloom/flowloom/engine/notify"
)

// notifyEvery is how often recipients are told what has happened meanwhile.
const notifyEvery = 250 * time.Millisecond

// notices brings what happens to alerts to a Notifier, and its troubles to the alerts.
type notices struct {
	to      *notify.Notifier
	journal *alert.Journal
	raised  map[string]uint64 // failures in a row of recipients that have an alert
}

// Notify begins to tell recipients of alerts, until stop is called, which tells the last and
// leaves the Notifier open. Without checks there is nothing to tell.
func (e *Engine) Notify(to *notify.Notifier) (stop func()) {
	n := &notices{to: to, raised: make(map[string]uint64)}
	e.Look(func(t Tables) {
		if t.Checks != nil {
			n.journal = t.Checks.Alerts().Watch()
		}
	})
	e.notifier.Store(to)
	if n.journal == nil {
		return func() {}
	}
	quit, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		turn := time.NewTicker(notifyEvery)
		defer turn.Stop()
		for {
			select {
			case <-quit:
				n.pass(e)
				e.Look(func(Tables) { n.journal.Close() })
				return
			case <-turn.C:
				n.pass(e)
			}
		}
	}()
	return func() {
		close(quit)
		<-done
	}
}

// pass hands on what has happened since the last time.
func (n *notices) pass(e *Engine) {
	var events []alert.Event
	stats := n.to.Stats()
	e.Look(func(t Tables) {
		n.report(t.Checks.Alerts(), stats, time.Now())
		events = n.journal.Events()
	})
	for i := range events {
		n.to.Tell(&events[i])
	}
}

// report raises an alert for each recipient that keeps failing, and again with each failure,
// until it works. The recipient itself is not told of it.
func (n *notices) report(book *alert.Book, stats []notify.Stats, now time.Time) {
	for i := range stats {
		s := &stats[i]
		_, raised := n.raised[s.Name]
		switch {
		case s.Failing && n.raised[s.Name] != s.InARow:
			n.raised[s.Name] = s.InARow
			book.Raise(&alert.Finding{
				Check: notify.CheckName, Entity: alert.System, Subject: s.Name, Score: 150, Message: s.LastError, Time: now.UnixNano(),
			})
		case raised && !s.Failing:
			delete(n.raised, s.Name)
			book.ReleaseMatching(func(a *alert.Alert) bool { return a.Check == notify.CheckName && a.Subject == s.Name }, now.UnixNano())
		}
	}
}

// Recipients returns how those fare who are told of alerts, none without Notify.
func (e *Engine) Recipients() []notify.Stats {
	if n := e.notifier.Load(); n != nil {
		return n.Stats()
	}
	return nil
}
