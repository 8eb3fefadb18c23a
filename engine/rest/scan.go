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
// question: see [recent].
type list struct {
	scan scan
	// turn is held by who goes through the table.
	turn    chan struct{}
	mu      sync.Mutex
	waiting []*answer
	recent  recent
}

func newList(s scan) *list { return &list{scan: s, turn: make(chan struct{}, 1)} }

// answer is what comes of a query, and of all that are the same and wait with it.
type answer struct {
	query *query
	top   *codec.Top
	page  page
	age   age
	done  chan struct{} // closed when the table was gone through
	once  sync.Once
	body  []byte
	err   error
}

func newAnswer(q *query) *answer {
	return &answer{query: q, done: make(chan struct{}), top: codec.NewTop(q.cols, q.keys, q.limit, q.after)}
}

// same reports whether two queries have the same answer.
func (q *query) same(other *query) bool { return q.raw == other.raw && q.arrow == other.arrow }

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
	a, old := l.recent.find(q, time.Now())
	if len(old) > 0 {
		for _, o := range old {
			l.waiting = append(l.waiting, newAnswer(o.query))
		}
		go l.renew()
	}
	if a != nil {
		return a
	}
	i := slices.IndexFunc(l.waiting, func(a *answer) bool { return a.query.same(q) })
	if i < 0 {
		i = len(l.waiting)
		l.waiting = append(l.waiting, newAnswer(q))
	}
	return l.waiting[i]
}

// renew finds answers anew while those of before still serve.
func (l *list) renew() {
	defer func() { _ = recover() }() // those of before get too old, and who asks then is told
	l.turn <- struct{}{}
	defer func() { <-l.turn }()
	all := l.take()
	l.goThrough(all)
	for _, a := range all {
		a.encode()
	}
}

func (l *list) take() []*answer {
	l.mu.Lock()
	defer l.mu.Unlock()
	all := l.waiting
	l.waiting = nil
	return all
}

func (l *list) goThrough(all []*answer) {
	if len(all) == 0 {
		return // another one did it
	}
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
	l.mu.Lock()
	defer l.mu.Unlock()
	l.recent.keep(all, begin, time.Now())
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

func (a *answer) encode() {
	a.once.Do(func() {
		if a.err == nil {
			a.body, a.err = a.query.encode(&a.page)
			a.top.Release()
			a.page.rows = nil
		}
	})
}

// write sends the answer; its total and the cursor of the next page stand in the object, or
// in headers before an Arrow stream.
func (a *answer) write(c *gin.Context) error {
	a.encode()
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
