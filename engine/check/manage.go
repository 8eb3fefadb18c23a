package check

import (
	"fmt"
	"log/slog"
	"slices"
	"strings"
)

// entry is a check that the runner knows, whether it runs or not.
type entry struct {
	check Check
	info  Info
	// set is what was set, without the defaults.
	set Settings
	on  bool
	// worker runs it, nil until it runs for the first time.
	worker *worker
}

// State is how a check stands.
type State struct {
	Info Info
	// Settings are those that were set, without the defaults.
	Settings Settings
	// Enabled: it runs, or did until it failed too often.
	Enabled bool
	Cost    Cost
}

// Expect has the engine serve these hooks, so that checks which come later can use them.
// Call it before the engine is made.
func (r *Runner) Expect(hooks Hooks) { r.hooks |= hooks }

// States returns all checks, those that do not run included, by name.
func (r *Runner) States() []State {
	r.mu.Lock()
	defer r.mu.Unlock()
	all := make([]State, len(r.known))
	for i, e := range r.known {
		all[i] = State{Info: e.info, Settings: e.set, Enabled: e.on, Cost: Cost{Name: e.info.Name, Language: e.info.Language}}
		if e.worker != nil {
			all[i].Cost = e.worker.cost
		}
	}
	slices.SortFunc(all, func(a, b State) int { return strings.Compare(a.Info.Name, b.Info.Name) })
	return all
}

// Named returns a check with the settings that were set, ok false if there is none of that
// name.
func (r *Runner) Named(name string) (c Check, set Settings, ok bool) {
	e := r.find(name)
	if e == nil {
		return nil, Settings{}, false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return e.check, e.set, true
}

// Fork returns another runner with the same checks and settings, and nothing of what they
// have found or remember.
func (r *Runner) Fork(log *slog.Logger) (*Runner, error) {
	r.mu.Lock()
	known := slices.Clone(r.known)
	cfg, checks := &Config{Checks: make(map[string]*Settings)}, make([]Check, len(known))
	for i, e := range known {
		set := e.set
		checks[i], cfg.Checks[e.info.Name] = e.check, &set
	}
	r.mu.Unlock()
	return NewRunner(checks, cfg, log)
}

// Add puts a check among the others, or in the place of the one of its name, whose settings
// it takes over. One that cannot start is an error, and changes nothing. Add, Configure,
// Replace and Remove may be called from any goroutine; they take effect when the runner next
// looks at something.
func (r *Runner) Add(c Check) error {
	r.manage.Lock()
	defer r.manage.Unlock()
	info := c.Info()
	if e := r.find(info.Name); e != nil {
		return r.change(e, c, e.set)
	}
	e := &entry{}
	if err := r.change(e, c, Settings{}); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.known = append(r.known, e)
	return nil
}

// Configure gives a check other settings: it starts, stops, or goes on with them.
func (r *Runner) Configure(name string, set Settings) error {
	r.manage.Lock()
	defer r.manage.Unlock()
	e := r.find(name)
	if e == nil {
		return fmt.Errorf("cannot set up check %s: there is none of that name", name)
	}
	if err := set.Exclude.Parse(); err != nil {
		return fmt.Errorf("cannot set up check %s: %w", name, err)
	}
	return r.change(e, e.check, set)
}

// Replace puts another version in the place of a check of the same name. A version that
// cannot start is an error, and the old one goes on.
func (r *Runner) Replace(c Check) error {
	r.manage.Lock()
	defer r.manage.Unlock()
	info := c.Info()
	e := r.find(info.Name)
	if e == nil {
		return fmt.Errorf("cannot replace check %s: there is none of that name", info.Name)
	}
	return r.change(e, c, e.set)
}

// Remove ends a check and its alerts.
func (r *Runner) Remove(name string) error {
	r.manage.Lock()
	defer r.manage.Unlock()
	e := r.find(name)
	if e == nil {
		return fmt.Errorf("cannot remove check %s: there is none of that name", name)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.known = slices.DeleteFunc(r.known, func(other *entry) bool { return other == e })
	r.enqueue(successor{entry: e, info: e.info, gone: true})
	return nil
}

// find looks a check up; nil for none.
func (r *Runner) find(name string) *entry {
	r.mu.Lock()
	defer r.mu.Unlock()
	i := slices.IndexFunc(r.known, func(e *entry) bool { return e.info.Name == name })
	if i < 0 {
		return nil
	}
	return r.known[i]
}

// change starts a version of a check with settings, or stops the check if they say so.
func (r *Runner) change(e *entry, c Check, set Settings) error {
	info := c.Info()
	settings, err := set.Merge(&info)
	if err != nil {
		return err
	}
	s := successor{entry: e, info: info, settings: settings}
	on := set.runs(&info)
	if on {
		if info.Hooks&^r.hooks != 0 {
			return fmt.Errorf("cannot start check %s: it asks for a hook that no check had at the start; start again", info.Name)
		}
		if s.instance, err = c.Start(settings); err != nil {
			return fmt.Errorf("cannot start check %s: %w", info.Name, err)
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	e.check, e.info, e.set, e.on = c, info, set, on
	r.enqueue(s)
	return nil
}

// runs tells whether a check runs with these settings.
func (s *Settings) runs(info *Info) bool {
	if s.Enabled != nil {
		return *s.Enabled
	}
	return !info.Off
}
