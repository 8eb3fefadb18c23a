package notify

import (
	"context"
	"fmt"
	"time"

	"github.com/flowloom/flowloom/engine/alert"
	"github.com/flowloom/flowloom/engine/telemetry"
)

// Notifier tells recipients of alerts. Make one with New, Start it, Tell it of events, and
// Close it.
type Notifier struct {
	all  []*recipient
	stop context.CancelFunc
}

// New prepares to tell recipients: their secrets and certificates are read now, but nothing is
// sent before Start.
func New(recipients []Recipient) (*Notifier, error) {
	n := &Notifier{}
	for i := range recipients {
		cfg := recipients[i]
		if err := cfg.check(); err != nil {
			return nil, err
		}
		to, err := cfg.sender()
		if err != nil {
			return nil, err
		}
		n.all = append(n.all, newRecipient(cfg, to))
	}
	return n, nil
}

// Start begins to send.
func (n *Notifier) Start() {
	ctx, stop := context.WithCancel(context.Background())
	n.stop = stop
	for _, r := range n.all {
		go r.run(ctx)
	}
}

// Tell hands an event to those who want it. It never waits.
func (n *Notifier) Tell(e *alert.Event) {
	now := time.Now()
	for _, r := range n.all {
		r.tell(e, now)
	}
}

// Close sends what still waits, until ctx is done, and ends.
func (n *Notifier) Close(ctx context.Context) error {
	if n.stop == nil {
		return nil // it was not started
	}
	defer n.stop()
	for _, r := range n.all {
		r.mu.Lock()
		r.closing = true
		r.mu.Unlock()
		close(r.quit)
		select {
		case r.wake <- struct{}{}:
		default: // it is awake
		}
	}
	defer context.AfterFunc(ctx, n.stop)()
	left := uint64(0)
	for _, r := range n.all {
		<-r.done // soon after ctx is done, too
		r.mu.Lock()
		waiting := uint64(len(r.queue)) + min(r.more.count, 1)
		r.stats.Dropped.Unsent += waiting
		r.queue, r.more = nil, summary{}
		left += r.stats.Dropped.Unsent
		r.mu.Unlock()
	}
	if left > 0 {
		return fmt.Errorf("cannot tell recipients of all alerts: they did not take %d in time", left)
	}
	return nil
}

// Stats returns how each recipient fares, in their order.
func (n *Notifier) Stats() []Stats {
	all := make([]Stats, len(n.all))
	for i, r := range n.all {
		r.mu.Lock()
		all[i] = r.stats
		all[i].Waiting, all[i].InARow = len(r.queue), r.inARow
		all[i].Failing = r.inARow >= failingAfter
		r.mu.Unlock()
	}
	return all
}

// Counters tell what was not told, of all recipients together.
func (n *Notifier) Counters() []telemetry.Counter {
	var failed uint64
	var d Dropped
	for _, s := range n.Stats() {
		failed += s.Failed
		d.QueueFull += s.Dropped.QueueFull
		d.Limited += s.Dropped.Limited
		d.Refused += s.Dropped.Refused
		d.GaveUp += s.Dropped.GaveUp
		d.Unsent += s.Dropped.Unsent
	}
	all := []telemetry.Counter{{Name: "notify_failed", Help: "attempts to tell a recipient that failed", Value: failed}}
	for _, r := range d.Reasons() {
		all = append(all, telemetry.Counter{Name: "notify_" + r.Name, Help: r.Help, Value: r.Value})
	}
	return all
}
