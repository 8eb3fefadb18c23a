package check

import (
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/flowloom/flowloom/engine/alert"
	"github.com/flowloom/flowloom/engine/flow"
	"github.com/flowloom/flowloom/engine/host"
)

// Runner runs the checks of an engine. It is for one goroutine at a time: checks see
// hosts and flows in an order that does not depend on the number of workers, and what
// they remember in variables of their own is about all of them.
type Runner struct {
	workers []*worker
	byHook  [NumHooks][]*worker
	book    *alert.Book
	log     *slog.Logger
	hosts   Hosts
	// goroutines run checks of flows; chunk are the flows that they look at.
	goroutines int
	chunk      []*flow.Record

	hooks Hooks // that checks may use
	// manage is held while checks are changed, mu to look at what is known of them.
	manage, mu sync.Mutex
	known      []*entry
	// next are versions of checks that wait until waiting is seen.
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
	call     Call
	// apart: it runs beside others, and what it found waits. gaveUp: it failed for good
	// meanwhile.
	apart, gaveUp bool
	found         []raised
	// until when hosts, flows, and interfaces and networks by name, are not to be looked at
	hosts  map[host.Key]int64
	flows  map[uint64]int64
	others map[string]int64
	cost   Cost
	inARow int
	output *slog.Logger // nil without a log
	// gone: the check was removed.
	gone bool
	rows []Row // of the latest block, to be used again
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
	known := make(map[string]bool)
	for _, c := range checks {
		info := c.Info()
		if known[info.Name] {
			return nil, fmt.Errorf("cannot have two checks of the name %s: leave one out, or rename its file, which names it", info.Name)
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
	r.succeed(0)
	return r, nil
}

func (r *Runner) start(c Check, info *Info, set *Settings) error {
	if set == nil {
		set = &Settings{}
	}
	if set.runs(info) {
		r.hooks |= info.Hooks
	}
	e := &entry{}
	r.known = append(r.known, e)
	return r.change(e, c, *set)
}

// Hosts is what the runner tells the table of hosts.
type Hosts interface {
	// Alerted notes the first alert about a flow.
	Alerted(f *flow.Record)
}

// Locate tells the runner where hosts are.
func (r *Runner) Locate(hosts Hosts) { r.hosts = hosts }

// Wants reports whether any check uses the hook: the engine spends nothing on others.
func (r *Runner) Wants(h Hook) bool { return r != nil && r.hooks.Has(h) }

// Alerts returns what the checks have raised.
func (r *Runner) Alerts() *alert.Book { return r.book }

// Costs returns what each check has cost, in the order of the checks.
func (r *Runner) Costs() []Cost {
	costs := make([]Cost, 0, len(r.workers))
	for _, w := range r.workers {
		if !w.gone {
			costs = append(costs, w.cost)
		}
	}
	return costs
}

// Infos describes the checks that run.
func (r *Runner) Infos() []Info {
	infos := make([]Info, 0, len(r.workers))
	for _, w := range r.workers {
		if w.instance != nil {
			infos = append(infos, w.info)
		}
	}
	return infos
}

// Close ends the checks.
func (r *Runner) Close() {
	r.succeed(0)
	for _, w := range r.workers {
		if w.instance != nil {
			w.instance.Close()
		}
	}
}
