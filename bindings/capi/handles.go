package main

import (
	"fmt"
	"sync"

	"github.com/flowloom/flowloom/bindings/surface"
)

// handles stand for Go values in C. They count up and are never given out twice, so that
// one which was closed is told from all others, unlike those of runtime/cgo.
type handles struct {
	mu   sync.Mutex
	last uint64
	all  map[uint64]any
}

// table holds the handles of the process: C has nothing else to hold them by.
var table = handles{all: make(map[uint64]any)} //nolint:gochecknoglobals // see above

func (h *handles) add(v any) uint64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.last++
	h.all[h.last] = v
	return h.last
}

func (h *handles) remove(id uint64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.all, id)
}

func (h *handles) get(id uint64) any {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.all[id]
}

func (h *handles) len() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.all)
}

// lookup returns what a handle stands for, if it is of the kind asked for.
func lookup[T any](id uint64) (T, error) {
	v, ok := table.get(id).(T)
	if !ok {
		return v, fmt.Errorf("cannot use handle %d: %w", id, surface.ErrClosed)
	}
	return v, nil
}

// session is a Session with the question that is open, if there is one.
type session struct {
	*surface.Session
	mu       sync.Mutex
	question uint64
}

// asks gives out a handle for a question; that of the one before is closed, if it is not yet.
func (s *session) asks(q *surface.Question) uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	table.remove(s.question)
	s.question = table.add(q)
	return s.question
}

// close ends the session with its handles.
func (s *session) close(id uint64) {
	table.remove(id)
	s.mu.Lock()
	table.remove(s.question)
	s.mu.Unlock()
	s.Close()
}
