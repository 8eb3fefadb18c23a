package notify

import (
	"context"
	"crypto/rand"
	"errors"
	"sync"
	"time"

	"github.com/flowloom/flowloom/engine/alert"
)

// sender brings messages to a recipient. It is used by one goroutine at a time.
type sender interface {
	// send brings them, or fails as a whole. A refusedError is not tried again.
	send(ctx context.Context, messages []message) error
	// gather is how long to wait for more, to send them together; 0 for one at a time.
	gather() time.Duration
	close()
}

// recipient is one at work.
type recipient struct {
	Recipient
	to      sender
	giveUp  time.Duration
	patient func(failures uint64, err error) time.Duration

	wake chan struct{}
	quit chan struct{}
	done chan struct{}

	mu      sync.Mutex
	queue   []message
	since   time.Time // of the first in the queue
	more    summary
	behind  *uint64 // counts what goes to more
	window  window
	closing bool
	stats   Stats
	// inARow are failures since something was sent last.
	inARow uint64
}

// giveUpAfter is how long a message is tried.
const giveUpAfter = time.Hour

// failingAfter is how many failures in a row are an alert.
const failingAfter = 3

func newRecipient(cfg Recipient, to sender) *recipient {
	r := &recipient{
		Recipient: cfg, to: to, giveUp: giveUpAfter, patient: pause,
		wake: make(chan struct{}, 1), quit: make(chan struct{}), done: make(chan struct{}),
		window: window{rate: cfg.Rate},
	}
	r.stats.Name, r.stats.Kind = cfg.Name, cfg.kinds()[0]
	return r
}

func newID() string { return "msg_" + rand.Text() }

// tell enters an event that the recipient wants. It never waits.
func (r *recipient) tell(e *alert.Event, now time.Time) {
	about := e.Check == CheckName && e.Subject == r.Name // it can hardly be told that it cannot be told
	if about || !r.wants(e) {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case r.closing:
		r.stats.Dropped.Unsent++
		return
	case r.more.count > 0 && r.to.gather() == 0: // what comes first is told first
		r.sumUp(r.behind, e)
	case len(r.queue) >= r.Queue:
		r.sumUp(&r.stats.Dropped.QueueFull, e)
	case r.to.gather() == 0 && !r.window.take(now):
		r.sumUp(&r.stats.Dropped.Limited, e)
	default:
		if len(r.queue) == 0 {
			r.since = now
		}
		r.queue = append(r.queue, message{e.Alert, e.Action.String(), newID()})
	}
	select {
	case r.wake <- struct{}{}:
	default: // it is awake
	}
}

// sumUp leaves an event to the number that is told later.
func (r *recipient) sumUp(why *uint64, e *alert.Event) {
	r.behind = why
	*why++
	r.more.add(&e.Alert)
}

// run sends until the recipient is closed and all is sent, or ctx is done.
func (r *recipient) run(ctx context.Context) {
	defer close(r.done)
	defer r.to.close()
	for ctx.Err() == nil {
		batch, wait, over := r.next(time.Now())
		switch {
		case over:
			return
		case len(batch) > 0:
			r.deliver(ctx, batch)
		default:
			r.sleep(ctx, wait)
		}
	}
}

// next returns what to send now, or else how long there is nothing to do, or that all is over.
func (r *recipient) next(now time.Time) (batch []message, wait time.Duration, over bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	gather := r.to.gather()
	switch {
	case len(r.queue) == 0 && r.more.count == 0:
		return nil, time.Hour, r.closing
	case len(r.queue) > 0 && gather == 0: // each was let in by the window
		batch, r.queue = []message{r.queue[0]}, r.queue[1:]
		return batch, 0, false
	case !r.closing && now.Before(r.since.Add(gather)):
		return nil, r.since.Add(gather).Sub(now), false
	case !r.window.take(now) && !r.closing:
		return nil, r.window.end.Sub(now), false
	}
	batch, r.queue = r.queue, nil
	if r.more.count > 0 {
		batch = append(batch, r.more.take(r.Name))
	}
	return batch, 0, false
}

// sleep waits for so long, or until there is something to do.
func (r *recipient) sleep(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	case <-r.wake:
	}
}

// deliver sends messages, again and again if need be.
func (r *recipient) deliver(ctx context.Context, batch []message) {
	n := uint64(len(batch))
	for begin, again := time.Now(), false; ; again = true {
		err := r.attempt(ctx, batch)
		failures, why := r.note(n, again, err)
		var refused refusedError
		switch {
		case err == nil:
			return
		case errors.As(err, &refused):
			r.drop(&why.Refused, n)
			return
		case ctx.Err() != nil:
			r.drop(&why.Unsent, n)
			return
		case time.Since(begin) > r.giveUp:
			r.drop(&why.GaveUp, n)
			return
		}
		r.backOff(ctx, failures, err)
	}
}

// backOff waits before another attempt; who is closing waits little.
func (r *recipient) backOff(ctx context.Context, failures uint64, err error) {
	t := time.NewTimer(r.patient(failures, err))
	defer t.Stop()
	select {
	case <-ctx.Done():
		return
	case <-t.C:
		return
	case <-r.quit:
	}
	select {
	case <-ctx.Done():
	case <-t.C:
	case <-time.After(min(firstPause, r.patient(1, nil))):
	}
}

func (r *recipient) attempt(ctx context.Context, batch []message) (err error) {
	ctx, cancel := context.WithTimeout(ctx, r.Timeout)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			err = recovered(p)
		}
	}()
	return r.to.send(ctx, batch)
}

// note counts the outcome of an attempt, and returns the failures since something was sent.
func (r *recipient) note(n uint64, again bool, err error) (failures uint64, why *Dropped) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if again {
		r.stats.Retried++
	}
	if err == nil {
		r.stats.Sent += n
		r.inARow = 0
		return 0, nil
	}
	r.stats.Failed++
	r.inARow++
	if r.stats.LastError == "" || !errors.Is(err, context.Canceled) { // that the run ends says nothing of the recipient
		r.stats.LastError = cut(oneLine(err.Error()), maxReason)
	}
	return r.inARow, &r.stats.Dropped
}

// maxReason bounds what is told of an error.
const maxReason = 300

func (r *recipient) drop(why *uint64, n uint64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	*why += n
}
