package check

import (
	"fmt"
	"slices"
)

// Replace puts another version in the place of a running check of the same name, when
// the runner next looks at something. A version that cannot start is an error, and the
// old one goes on. Replace may be called from any goroutine.
func (r *Runner) Replace(c Check) error {
	info := c.Info()
	i := slices.IndexFunc(r.workers, func(w *worker) bool { return w.cost.Name == info.Name })
	switch {
	case i < 0:
		return fmt.Errorf("cannot replace check %s: none of that name is running", info.Name)
	case info.Hooks&^r.hooks != 0:
		return fmt.Errorf("cannot replace check %s: it asks for a hook that no check had at the start; start again", info.Name)
	}
	set := r.cfg.Checks[info.Name]
	if set == nil {
		set = &Settings{}
	}
	settings, err := set.Merge(&info)
	if err != nil {
		return err
	}
	instance, err := c.Start(settings)
	if err != nil {
		return fmt.Errorf("cannot start check %s: %w", info.Name, err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.next = append(r.next, successor{i, info, settings, instance})
	r.waiting.Store(true)
	return nil
}

// successor is a version that waits for its turn.
type successor struct {
	worker   int
	info     Info
	settings Settings
	instance Instance
}

// succeed lets waiting versions take over: with the costs and alerts of the old ones,
// and a clean slate as to failures.
func (r *Runner) succeed() {
	if !r.waiting.Load() {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, s := range r.next {
		w := r.workers[s.worker]
		w.instance.Close()
		w.info, w.settings, w.instance = s.info, s.settings, s.instance
		w.cost.Disabled, w.inARow = false, 0
	}
	r.next = r.next[:0]
	r.waiting.Store(false)
	for h := range NumHooks {
		r.byHook[h] = slices.DeleteFunc(slices.Clone(r.workers), func(w *worker) bool { return !w.info.Hooks.Has(h) })
	}
}
