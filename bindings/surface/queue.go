package surface

import (
	"sync"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"github.com/flowloom/flowloom/engine/codec"
	"github.com/flowloom/flowloom/engine/flow"
)

// maxReady is how many batches wait for the reader, so that it and the engine work at the
// same time, before the engine waits.
const maxReady = 2

// queue stands between the engine, whose sink it is, and the reader. Both wait for each
// other.
type queue struct {
	mu      sync.Mutex
	changed sync.Cond
	rows    *codec.Batcher
	alloc   memory.Allocator
	max     int  // rows of a batch
	partial bool // hand out what there is: of a live source, more may be long in coming
	drop    bool // the flows

	ready    []arrow.RecordBatch
	question *Question
	asked    bool // the reader has the question
	ended    bool // nothing comes any more
	err      error
	closed   bool
}

func newQueue(alloc memory.Allocator, cols codec.Columns, rows int) *queue {
	q := &queue{rows: codec.NewBatcherIn(alloc, cols), alloc: alloc, max: rows}
	q.changed.L = &q.mu
	return q
}

// Flow implements engine.Sink.
func (q *queue) Flow(r *flow.Record) error { return q.Flows([]*flow.Record{r}) }

// together is how many flows go into the columns of a batch at a time: few enough to stay in
// the processor's cache.
const together = 1024

// Flows implements engine.Gatherer.
func (q *queue) Flows(rs []*flow.Record) error {
	if q.drop {
		return nil
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(rs) > 0 {
		n := min(len(rs), together, q.max-q.rows.Len())
		if q.closed {
			return ErrClosed
		}
		if err := codec.AppendAll(q.rows, rs[:n]); err != nil {
			return err //nolint:wrapcheck // says what is wrong
		}
		rs = rs[n:]
		if q.rows.Len() == q.max {
			if err := q.push(); err != nil {
				return err
			}
		}
	}
	if q.partial {
		q.changed.Broadcast()
	}
	return nil
}

// push makes a batch of the rows, when there is room for it.
func (q *queue) push() error {
	for len(q.ready) >= maxReady && !q.closed {
		q.changed.Wait()
	}
	if q.closed {
		return ErrClosed
	}
	q.ready = append(q.ready, q.rows.Batch())
	q.changed.Broadcast()
	return nil
}

// ask has the reader answer a question, and returns when it has.
func (q *queue) ask(question *Question) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	for q.question != nil && !q.closed { // checks run side by side, the reader answers one at a time
		q.changed.Wait()
	}
	if q.closed {
		return ErrClosed
	}
	q.question, q.asked = question, false
	q.changed.Broadcast()
	for q.question == question && !q.closed {
		q.changed.Wait()
	}
	question.over = true
	if q.closed {
		return ErrClosed
	}
	return nil
}

// patiently returns what get does, which waits for the engine, or ErrAsked when the engine
// waits for an answer itself: who has one thread only would never give it. Drop frees what
// comes too late.
func patiently[T any](q *queue, get func() (T, error), drop func(T)) (got T, err error) {
	ready, gone := false, false // guarded by mu
	go func() {
		x, wrong := func() (x T, err error) {
			defer caught(&err)
			return get()
		}()
		q.mu.Lock()
		defer q.mu.Unlock()
		if gone {
			if wrong == nil {
				drop(x)
			}
			return
		}
		got, err, ready = x, wrong, true
		q.changed.Broadcast()
	}()
	q.mu.Lock()
	defer q.mu.Unlock()
	for !ready {
		if q.question != nil && !q.closed {
			gone = true
			return got, ErrAsked
		}
		q.changed.Wait()
	}
	return got, err
}

// answered lets the engine go on.
func (q *queue) answered(question *Question) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.question == question {
		q.question = nil
		q.changed.Broadcast()
	}
}

// end says that nothing comes any more but what is there, and why.
func (q *queue) end(err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.rows.Len() > 0 {
		_ = q.push() // closed: nobody wants them
	}
	q.ended, q.err = true, err
	q.rows.Release()
	q.changed.Broadcast()
}

// close gives up what nobody will read, and wakes who waits.
func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	for _, b := range q.ready {
		b.Release()
	}
	q.ready = nil
	q.changed.Broadcast()
}

// next returns the next event, ErrWait after a while without one, or done.
func (q *queue) next(patience time.Duration) (e Event, done bool, err error) {
	deadline := time.Now().Add(patience)
	if patience >= 0 {
		defer time.AfterFunc(patience, func() {
			q.mu.Lock()
			defer q.mu.Unlock()
			q.changed.Broadcast()
		}).Stop()
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	for {
		e, ok := q.take()
		switch {
		case q.closed:
			return Event{}, false, ErrClosed
		case ok:
			return e, false, nil
		case q.ended:
			return Event{}, true, q.err
		case patience >= 0 && !time.Now().Before(deadline):
			return Event{}, false, ErrWait
		}
		q.changed.Wait()
	}
}

// take returns what there is, if there is something.
func (q *queue) take() (Event, bool) {
	switch {
	case q.closed:
	case q.question != nil && !q.asked:
		q.asked = true
		return Event{Question: q.question}, true
	case len(q.ready) > 0:
		b := q.ready[0]
		q.ready = append(q.ready[:0], q.ready[1:]...)
		q.changed.Broadcast()
		return Event{Batch: b}, true
	case q.partial && !q.ended && q.rows.Len() > 0:
		return Event{Batch: q.rows.Batch()}, true
	}
	return Event{}, false
}
