package check

import (
	"fmt"
	"iter"
	"log/slog"
	"net/netip"
	"time"

	"github.com/flowloom/flowloom/engine/alert"
	"github.com/flowloom/flowloom/engine/flow"
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
	Total          time.Duration
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
	r.workers = append(r.workers, w)
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
func (r *Runner) Wants(h Hook) bool { return r != nil && len(r.byHook[h]) > 0 }

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
	for _, w := range r.workers {
		w.instance.Close()
	}
}

// Flows runs a flow hook on flows, in their order.
func (r *Runner) Flows(h Hook, flows iter.Seq[*flow.Record], now int64) {
	for _, w := range r.byHook[h] {
		if w.cost.Disabled {
			continue
		}
		begin := time.Now()
		for f := range flows {
			if w.excludesFlow(f) || len(w.flows) > 0 && now < w.flows[f.ID()] {
				continue
			}
			r.call = Call{Hook: h, Flow: f, Now: now, worker: w}
			w.run(&r.call)
		}
		w.cost.Total += time.Since(begin)
	}
}

// FlowsEnded forgets the alerts and marks of flows that are over.
func (r *Runner) FlowsEnded(flows iter.Seq[*flow.Record]) {
	for f := range flows {
		id := f.ID()
		r.book.FlowEnded(id)
		for _, w := range r.workers {
			delete(w.flows, id)
		}
	}
}

// Hosts runs the host hook on hosts, and releases the alerts that were not raised
// again.
func (r *Runner) Hosts(hosts iter.Seq[*host.Host], now int64) {
	for _, w := range r.byHook[HostMinute] {
		begin := time.Now()
		for h := range hosts {
			if w.cost.Disabled {
				break
			}
			if w.excludesHost(h) || len(w.hosts) > 0 && now < w.hosts[h.Key()] {
				continue
			}
			r.call = Call{Hook: HostMinute, Host: h, Now: now, First: !h.Visited(), worker: w}
			w.run(&r.call)
		}
		r.book.Release(w.info.Name, alert.Host, now, now)
		w.cost.Total += time.Since(begin)
	}
	for h := range hosts {
		h.Visit()
	}
}

// Interfaces runs the interface hook.
func (r *Runner) Interfaces(ifaces []host.InterfaceStats, now int64) {
	for _, w := range r.byHook[InterfaceMinute] {
		begin := time.Now()
		for i := range ifaces {
			if w.cost.Disabled {
				break
			}
			r.call = Call{Hook: InterfaceMinute, Interface: &ifaces[i], Now: now, worker: w}
			w.run(&r.call)
		}
		r.book.Release(w.info.Name, alert.Interface, now, now)
		w.cost.Total += time.Since(begin)
	}
}

// run makes one call and sees to its failure.
func (w *worker) run(c *Call) {
	w.cost.Calls++
	err := w.guarded(c)
	if err == nil {
		w.inARow = 0
		return
	}
	w.cost.Errors++
	w.cost.LastError = err.Error()
	w.note("check failed", err.Error())
	if w.inARow++; w.inARow < MaxFailures {
		return
	}
	w.cost.Disabled = true
	w.runner.book.ReleaseAll(w.info.Name, c.Now)
	w.runner.book.Raise(&alert.Finding{
		Check: w.info.Name, Entity: alert.System, Subject: "check " + w.info.Name, Score: 100, Time: c.Now,
		Message: fmt.Sprintf("switched off after it failed %d times in a row: %v", MaxFailures, err),
	})
}

// guarded turns a panic of a check into an error.
func (w *worker) guarded(c *Call) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("cannot go on: %v", p)
		}
	}()
	return w.instance.Run(c)
}

// alert enters a finding about the subject of the call.
func (w *worker) alert(c *Call, score uint8, message string) {
	if w.settings.Score != 0 && score != 0 {
		score = w.settings.Score
	}
	w.cost.Alerts++
	if c.Host != nil && w.refreshed(c, score, message) {
		return
	}
	f := alert.Finding{Check: w.info.Name, Score: score, Message: message, Time: c.Now}
	switch {
	case c.Host != nil:
		f.Entity, f.Subject = alert.Host, c.Host.Label()
	case c.Flow != nil:
		f.Entity, f.Subject, f.Flow = alert.Flow, c.Flow.Label(), c.Flow.ID()
	case c.Interface != nil:
		f.Entity, f.Subject = alert.Interface, c.Interface.Name
	}
	if a := w.runner.book.Raise(&f); c.Host != nil && a != nil {
		c.Host.Mark(w.index, a)
	}
}

// refreshed enters a finding into the alert that the host has engaged already, as most
// are.
func (w *worker) refreshed(c *Call, score uint8, message string) bool {
	a := c.Host.Marked(w.index)
	if a == nil || a.Released || score == 0 {
		return false
	}
	a.Refresh(score, message, c.Now)
	return true
}

// maxSkipped bounds what one check may remember to skip.
const maxSkipped = 1 << 20

func (w *worker) skip(c *Call, until int64) {
	switch {
	case c.Host != nil && until <= 0:
		delete(w.hosts, c.Host.Key())
	case c.Host != nil && len(w.hosts) < maxSkipped:
		w.hosts[c.Host.Key()] = until
	case c.Flow != nil && until <= 0:
		delete(w.flows, c.Flow.ID())
	case c.Flow != nil && len(w.flows) < maxSkipped:
		w.flows[c.Flow.ID()] = until
	}
}

func (w *worker) excludesHost(h *host.Host) bool {
	e := &w.settings.Exclude
	return !e.empty() && (e.addr(h.Addr.Netip()) || e.name(h.Name))
}

func (w *worker) excludesFlow(f *flow.Record) bool {
	e := &w.settings.Exclude
	if e.empty() {
		return false
	}
	cli, _ := f.Client()
	srv, _ := f.Server()
	ends := [...]netip.Addr{cli.Netip(), srv.Netip()}
	return e.addr(ends[0]) || e.addr(ends[1]) || f.DPI.Info != nil && e.name(f.DPI.Info.ServerName)
}

// maxLogged is how many lines a check may write: those after it are left out.
const maxLogged = 1000

func (w *worker) log(text string) { w.note("check says", text) }

func (w *worker) note(what, text string) {
	if w.logged++; w.logged > maxLogged || w.runner.log == nil {
		return
	}
	w.runner.log.Info(what, "check", w.info.Name, "text", text)
}
