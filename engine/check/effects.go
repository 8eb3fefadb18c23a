package check

import (
	"log/slog"
	"net/netip"

	"github.com/flowloom/flowloom/engine/alert"
	"github.com/flowloom/flowloom/engine/flow"
	"github.com/flowloom/flowloom/engine/host"
	"github.com/flowloom/flowloom/engine/telemetry"
)

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
		f.Entity, f.Subject = alert.Interface, other(c)
	case c.Network != nil:
		f.Entity, f.Subject = alert.Network, other(c)
	}
	if c.Flow != nil {
		w.later(raised{f, c.Flow})
		return
	}
	if a := w.runner.book.Raise(&f); a != nil && c.Host != nil {
		c.Host.Mark(w.index, a)
	}
}

// later keeps a finding until the flows at hand are through: of one run, the last.
func (w *worker) later(x raised) {
	if last := len(w.found) - 1; last >= 0 && w.found[last].flow == x.flow {
		w.found[last] = x
		return
	}
	w.found = append(w.found, x)
}

// refreshed enters a finding into the alert that the host has engaged already, as most
// are.
func (w *worker) refreshed(c *Call, score uint8, message string) bool {
	a := c.Host.Marked(w.index)
	if a == nil || a.Released || score == 0 {
		return false
	}
	w.runner.book.Refresh(a, score, message, c.Now)
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
	case c.Interface == nil && c.Network == nil:
	case until <= 0:
		delete(w.others, other(c))
	case len(w.others) < maxSkipped:
		w.others[other(c)] = until
	}
}

// other names the interface or network that a call is about.
func other(c *Call) string {
	if c.Interface != nil {
		return c.Interface.Name
	}
	return c.Network.Prefix.String()
}

// skipsOther reports whether the check asked not to see the interface or network of the call.
func (w *worker) skipsOther(c *Call) bool { return len(w.others) > 0 && c.Now < w.others[other(c)] }

func (w *worker) excludesHost(h *host.Host) bool {
	e := &w.settings.Exclude
	return !e.empty() && (e.addr(h.Addr.Netip()) || e.name(h.Name))
}

// excludesNetwork reports a network that lies in an excluded one, or has an excluded name.
func (w *worker) excludesNetwork(n *host.NetworkStats) bool {
	e := &w.settings.Exclude
	return !e.empty() && (e.prefix(n.Prefix) || e.name(n.Name))
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

// maxLogged is how many lines of each kind a check may write: of those after it, each
// maxLogged-th is shown.
const maxLogged = 1000

// output is where lines about the check go, nil without a log.
func (r *Runner) output(check string) *slog.Logger {
	if r.log == nil {
		return nil
	}
	return slog.New(telemetry.Sampled(r.log.Handler(), maxLogged, maxLogged)).With("check", check)
}

func (w *worker) log(text string) {
	if w.output != nil {
		w.output.Info("check says", "text", text)
	}
}
