package rest

import (
	"bytes"
	"fmt"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/alert"
	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/flow"
	"github.com/flowloom/flowloom/engine/host"
)

const (
	eventsType = "text/event-stream"
	// maxListeners bounds the clients that listen at once.
	maxListeners = 32
	// maxUnsent bounds what waits for a client that reads slowly.
	maxUnsent = 1 << 20
	// maxSlow is how long a client may read nothing.
	maxSlow = time.Minute
	// eventPause is how often is sent what has happened, aliveEvery how often something is sent
	// when nothing has, so that proxies leave the connection open, and how often is seen whether
	// the client may still ask.
	eventPause, aliveEvery = 250 * time.Millisecond, 15 * time.Second
)

func eventParameters() []schema {
	return []schema{
		one("topics", "what to tell of: flows (when they end), alerts (when they begin, end or are acknowledged), hosts (when they are new); all without", text("")),
		one("columns", "fields to tell, as name,...; all topics have to have them. Any field is a parameter, too, as in lists", text("")),
	}
}

// events tells a client what happens until it goes.
func (s *server) events(c *gin.Context) {
	l, err := newListener(c.Request.URL.RawQuery)
	if err != nil {
		fail(c, http.StatusBadRequest, err.Error())
		return
	}
	if s.listeners.Add(1) > maxListeners {
		s.listeners.Add(-1)
		fail(c, http.StatusServiceUnavailable, fmt.Sprintf("%d clients listen already; end one of them", maxListeners))
		return
	}
	defer s.listeners.Add(-1)
	poll, stop := l.watch(s.cfg.Engine)
	defer stop()
	// The server bounds how long a request may take to come, and its answer; this one stays.
	connection := http.NewResponseController(c.Writer)
	_ = connection.SetReadDeadline(time.Time{})
	_ = connection.SetWriteDeadline(time.Time{})
	c.Header("Content-Type", eventsType)
	c.Header("X-Accel-Buffering", "no") // of nginx, which else holds events back
	c.Status(http.StatusOK)
	c.Writer.Flush()
	turn := time.NewTicker(eventPause)
	defer turn.Stop()
	var out bytes.Buffer
	for last, asked := time.Now(), time.Now(); ; {
		select {
		case <-c.Request.Context().Done():
			return
		case now := <-turn.C:
			if now.Sub(asked) >= aliveEvery {
				if asked = now; !s.stillMay(c) {
					return
				}
			}
			poll()
			l.take(&out)
			if out.Len() == 0 {
				if now.Sub(last) < aliveEvery {
					continue
				}
				out.WriteString(": nothing new\n\n")
			}
			last = now
			_ = connection.SetWriteDeadline(now.Add(maxSlow))
			if _, err := c.Writer.Write(out.Bytes()); err != nil {
				return
			}
			c.Writer.Flush()
		}
	}
}

// watch begins to collect what happens. Flows tell themselves, for the rest poll is called.
func (l *listener) watch(e *engine.Engine) (poll, stop func()) {
	var journal *alert.Journal
	var newcomers *host.Newcomers
	unfollow := func() {}
	if l.topics["flows"] != nil {
		unfollow = e.Follow(func(r *flow.Record) { l.tell("flows", r) })
	}
	e.Look(func(t engine.Tables) {
		if l.topics["alerts"] != nil && t.Checks != nil {
			journal = t.Checks.Alerts().Watch()
		}
		if l.topics["hosts"] != nil {
			newcomers = t.Hosts.Watch()
		}
	})
	poll = func() {
		var changes []alert.Alert
		e.Look(func(engine.Tables) {
			if newcomers != nil {
				l.miss(newcomers.Take(func(h *host.Host) { l.tell("hosts", h) }))
			}
			if journal != nil {
				changes = journal.Changes()
			}
		})
		for i := range changes {
			l.tell("alerts", check.AlertRow{Alert: &changes[i]})
		}
	}
	stop = func() {
		unfollow()
		e.Look(func(engine.Tables) {
			if journal != nil {
				journal.Close()
			}
			if newcomers != nil {
				newcomers.Close()
			}
		})
	}
	return poll, stop
}
