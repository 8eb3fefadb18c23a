package check

import (
	"slices"

	"github.com/flowloom/flowloom/engine/host"
)

// successor is a version of a check that waits for its turn; without an instance the check
// stops.
type successor struct {
	entry    *entry
	info     Info
	settings Settings
	instance Instance
	// gone: the check is removed.
	gone bool
}

// enqueue has a version wait. Who calls it holds mu.
func (r *Runner) enqueue(s successor) {
	r.next = append(r.next, s)
	r.waiting.Store(true)
}

// succeed lets waiting versions take over: with the costs and alerts of the old ones,
// and a clean slate as to failures.
func (r *Runner) succeed(now int64) {
	if !r.waiting.Load() {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for i := range r.next {
		r.takeOver(&r.next[i], now)
	}
	clear(r.next)
	r.next = r.next[:0]
	r.waiting.Store(false)
	for h := range NumHooks {
		r.byHook[h] = slices.DeleteFunc(slices.Clone(r.workers), func(w *worker) bool { return w.instance == nil || !w.info.Hooks.Has(h) })
	}
}

func (r *Runner) takeOver(s *successor, now int64) {
	if s.entry.worker == nil {
		if s.instance == nil {
			return // it did not run
		}
		s.entry.worker = r.employ(&s.info)
	}
	w := s.entry.worker
	if w.instance != nil {
		w.instance.Close()
	}
	w.info, w.settings, w.instance, w.gone = s.info, s.settings, s.instance, s.gone
	if s.instance == nil || w.cost.Disabled { // also the alert that it was switched off
		r.book.ReleaseAll(s.info.Name, now)
	}
	w.cost.Disabled, w.inARow = false, 0
}

// employ returns a worker for a check: that of one which was removed, or another one.
func (r *Runner) employ(info *Info) *worker {
	i := slices.IndexFunc(r.workers, func(w *worker) bool { return w.gone })
	if i < 0 {
		i = len(r.workers)
		r.workers = append(r.workers, nil)
	}
	w := &worker{
		index: i, runner: r, output: r.output(info.Name),
		hosts: make(map[host.Key]int64), flows: make(map[uint64]int64), others: make(map[string]int64),
	}
	w.cost.Name, w.cost.Language = info.Name, info.Language
	r.workers[i] = w
	return w
}
