package check

import (
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/flowloom/flowloom/engine/alert"
	"github.com/flowloom/flowloom/engine/host"
	"github.com/flowloom/flowloom/engine/packet"
)

// Runner runs the checks of an engine. It is for one goroutine at a time: checks see
// hosts and flows in an order that does not depend on the number of workers, and what
// they remember in variables of their own is about all of them.
type Runner struct {
	workers []*worker
	byHook  [NumHooks][]*worker
	book    *alert.Book
	log     *slog.Logger
	local   func(packet.Addr) bool
	call    Call

	cfg   *Config
	hooks Hooks // of all checks at the start
	// next are versions of checks that wait until waiting is seen.
	mu      sync.Mutex
	next    []successor
	waiting atomic.Bool
}

// worker is one check at work.
type worker struct {
	index    int // among the runner's
	info     Info
	settings Settings
	instance Instance
	runner   *Runner
	// until when hosts and flows are not to be looked at
	hosts  map[host.Key]int64
	flows  map[uint64]int64
	cost   Cost
	inARow int
	logged int
}

// Cost is what a check has cost so far.
type Cost struct {
	Name, Language string
	Calls, Errors  uint64
	Alerts         uint64
	// Direct counts the calls that came to their end without the interpreter.
	Direct uint64
	Total  time.Duration
	// Disabled: it failed too often in a row.
	Disabled bool
	// LastError is the text of the latest error, "" without any.
	LastError string
}

// Mean returns the mean cost of a call.
func (c *Cost) Mean() time.Duration {
	if c.Calls == 0 {
		return 0
	}
	return c.Total / time.Duration(c.Calls) //nolint:gosec // far below 1<<63
}

// MaxFailures is how many times in a row a check may fail before it is switched off.
const MaxFailures = 20

// NewRunner starts the checks that the configuration enables, cfg may be nil. Their
// output goes to log.
func NewRunner(checks []Check, cfg *Config, log *slog.Logger) (*Runner, error) {
	r := &Runner{book: alert.NewBook(0), log: log}
	if cfg == nil {
		cfg = &Config{}
	}
	r.cfg = cfg
	known := make(map[string]bool)
	for _, c := range checks {
		info := c.Info()
		if known[info.Name] {
			return nil, fmt.Errorf("cannot have two checks of the name %s", info.Name)
		}
		known[info.Name] = true
		if err := r.start(c, &info, cfg.Checks[info.Name]); err != nil {
			return nil, err
		}
	}
	for name := range cfg.Checks {
		if !known[name] {
			return nil, fmt.Errorf("cannot set up check %s: there is none of that name", name)
		}
	}
	return r, nil
}

func (r *Runner) start(c Check, info *Info, set *Settings) error {
	if set == nil {
		set = &Settings{}
	}
	if set.Enabled != nil && !*set.Enabled || set.Enabled == nil && info.Off {
		return nil
	}
	settings, err := set.Merge(info)
	if err != nil {
		return err
	}
	instance, err := c.Start(settings)
	if err != nil {
		return fmt.Errorf("cannot start check %s: %w", info.Name, err)
	}
	w := &worker{index: len(r.workers), info: *info, settings: settings, instance: instance, runner: r, hosts: make(map[host.Key]int64), flows: make(map[uint64]int64)}
	w.cost.Name, w.cost.Language = info.Name, info.Language
	r.workers, r.hooks = append(r.workers, w), r.hooks|info.Hooks
	for h := range NumHooks {
		if info.Hooks.Has(h) {
			r.byHook[h] = append(r.byHook[h], w)
		}
	}
	return nil
}

// Locate tells the runner which addresses are local.
func (r *Runner) Locate(local func(packet.Addr) bool) { r.local = local }

// Wants reports whether any check uses the hook: the engine spends nothing on others.
func (r *Runner) Wants(h Hook) bool { return r != nil && r.hooks.Has(h) }

// Alerts returns what the checks have raised.
func (r *Runner) Alerts() *alert.Book { return r.book }

// Costs returns what each check has cost, in the order of the checks.
func (r *Runner) Costs() []Cost {
	costs := make([]Cost, len(r.workers))
	for i, w := range r.workers {
		costs[i] = w.cost
	}
	return costs
}

// Close ends the checks.
func (r *Runner) Close() {
	r.succeed()
	for _, w := range r.workers {
		w.instance.Close()
	}
}
