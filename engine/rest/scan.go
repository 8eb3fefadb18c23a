package rest

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/flowloom/flowloom/engine/codec"
	"github.com/flowloom/flowloom/engine/field"
)

// scan goes through the rows of a table: offer gets each of them, and settle is called before
// rows that were offered change or go.
type scan func(offer func(codec.Row), settle func())

// list answers queries about one table. The engine waits while the table is gone through, so
// that is done by one at a time, for all who asked meanwhile: how long the engine waits does
// not grow with the number of clients. Nor are answers about a large table found anew for each
// question: they serve for some times as long as it took to find them.
type list struct {
	scan scan
	// turn is held by who goes through the table.
	turn    chan struct{}
	mu      sync.Mutex
	waiting []*answer
	// recent are answers of before that serve still.
	recent []*answer
}

// How long answers serve: as many times as long as it took to find them, so that clients do
// not keep the engine from its work; what takes less than cheap is found anew.
const (
	serveTimes = 8
	serveMost  = 500 * time.Millisecond
	cheap      = 2 * time.Millisecond
	// maxRecent bounds the answers that are kept, and servedRows the rows of each.
	maxRecent  = 16
	servedRows = 1000
)

func newList(s scan) *list { return &list{scan: s, turn: make(chan struct{}, 1)} }

// answer is what comes of a query, and of all that are the same and wait with it.
type answer struct {
	query *query
	top   *codec.Top
	page  page
	until time.Time     // it serves others that ask the same
	done  chan struct{} // closed when the table was gone through
	once  sync.Once
	body  []byte
	err   error
}

// ask returns the answer to a query.
func (l *list) ask(q *query) *answer {
	a := l.join(q)
	select {
	case <-a.done:
		return a
	case l.turn <- struct{}{}:
		defer func() { <-l.turn }()
	}
	select {
	case <-a.done:
	default:
		l.goThrough(l.take())
	}
	return a
}

// join waits with those who ask the same, if there are any, or takes a recent answer.
func (l *list) join(q *query) *answer {
	l.mu.Lock()
	defer l.mu.Unlock()
	same := func(a *answer) bool { return a.query.raw == q.raw && a.query.arrow == q.arrow }
	l.expire()
	if i := slices.IndexFunc(l.recent, same); i >= 0 {
		return l.recent[i]
	}
	i := slices.IndexFunc(l.waiting, same)
	if i < 0 {
		i = len(l.waiting)
		l.waiting = append(l.waiting, &answer{query: q, done: make(chan struct{}), top: codec.NewTop(q.cols, q.keys, q.limit, q.after)})
	}
	return l.waiting[i]
}

func (l *list) take() []*answer {
	l.mu.Lock()
	defer l.mu.Unlock()
	all := l.waiting
	l.waiting = nil
	return all
}

// keep has answers serve for a while.
func (l *list) keep(all []*answer, cost time.Duration) {
	if cost < cheap {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.expire()
	until := time.Now().Add(min(serveTimes*cost, serveMost))
	for _, a := range all {
		if a.query.limit <= servedRows && len(l.recent) < maxRecent {
			a.until = until
			l.recent = append(l.recent, a)
		}
	}
}

// expire forgets answers that are too old; l.mu is held.
func (l *list) expire() {
	if len(l.recent) == 0 {
		return
	}
	now := time.Now()
	l.recent = slices.DeleteFunc(l.recent, func(a *answer) bool { return now.After(a.until) })
}

func (l *list) goThrough(all []*answer) {
	begin := time.Now()
	failed := true
	defer func() {
		for _, a := range all {
			if failed {
				a.err = errors.New("the engine failed to answer; ask again")
			}
			close(a.done)
		}
	}()
	var v field.Value
	l.scan(func(r codec.Row) {
		for _, a := range all {
			a.offer(r, &v)
		}
	}, func() {
		for _, a := range all {
			a.top.Settle()
		}
	})
	for _, a := range all {
		a.page.rows, a.page.next = a.top.Rows()
	}
	failed = false
	l.keep(all, time.Since(begin))
}

func (a *answer) offer(r codec.Row, scratch *field.Value) {
	for i := range a.query.matches {
		if !a.query.matches[i].Holds(r, scratch) {
			return
		}
	}
	a.page.total++
	a.top.Offer(r)
}

// write sends the answer; its total and the cursor of the next page stand in the object, or
// in headers before an Arrow stream.
func (a *answer) write(c *gin.Context) error {
	a.once.Do(func() {
		if a.err == nil {
			a.body, a.err = a.query.encode(&a.page)
			a.top.Release()
			a.page.rows = nil
		}
	})
	if a.err != nil {
		return a.err
	}
	media := jsonType
	if a.query.arrow {
		media = arrowType
		c.Header("Flowloom-Total", strconv.Itoa(a.page.total))
		c.Header("Flowloom-Next", a.page.next)
	}
	c.Data(http.StatusOK, media, a.body)
	return nil
}
