package notify

import (
	"fmt"
	"time"

	"github.com/flowloom/flowloom/engine/alert"
)

// window bounds how many messages there are in a minute.
type window struct {
	rate, used int
	end        time.Time
}

const minute = time.Minute

// take reports whether there may be another message now, and counts it.
func (w *window) take(now time.Time) bool {
	if !now.Before(w.end) {
		w.used, w.end = 0, now.Add(minute)
	}
	if w.used >= w.rate {
		return false
	}
	w.used++
	return true
}

// summary counts the alerts that are not told one by one.
type summary struct {
	count uint64
	score uint8
	first int64
	last  int64
}

func (r *summary) add(a *alert.Alert) {
	if r.count == 0 {
		r.first = a.Last
	}
	r.count++
	r.score, r.first, r.last = max(r.score, a.Score), min(r.first, a.Last), max(r.last, a.Last)
}

// take returns the message that stands for them.
func (r *summary) take(name string) message {
	m := message{action: summarised, id: newID(), Alert: alert.Alert{
		Finding: alert.Finding{
			Check: CheckName, Entity: alert.System, Subject: name, Score: r.score, Time: r.first,
			Message: fmt.Sprintf("%d more alerts", r.count),
		},
		Last: r.last, Count: r.count,
	}}
	if r.count == 1 {
		m.Message = "1 more alert"
	}
	*r = summary{}
	return m
}
