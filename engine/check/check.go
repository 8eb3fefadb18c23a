package check

import (
	"math"

	"github.com/flowloom/flowloom/engine/alert"
	"github.com/flowloom/flowloom/engine/field"
	"github.com/flowloom/flowloom/engine/flow"
	"github.com/flowloom/flowloom/engine/host"
)

// Hook is an occasion on which checks run.
type Hook uint8

// The hooks. Minutes are of packet time in a capture, of the wall in live traffic.
const (
	// HostMinute: each minute, and at the end of the input, for every host.
	HostMinute Hook = iota
	// FlowDetected: once for each flow, when its protocol is known or given up; once more
	// if other traffic of its server gives it another name at its end.
	FlowDetected
	// FlowPeriodic: each minute for a flow that goes on.
	FlowPeriodic
	// FlowEnd: once for each flow, when it is over.
	FlowEnd
	// InterfaceMinute: each minute for every interface.
	InterfaceMinute
	// NetworkMinute: each minute, and at the end of the input, for every local network
	// that has had hosts.
	NetworkMinute
	NumHooks
)

var hookNames = [NumHooks]string{"host", "flow_detected", "flow_periodic", "flow_end", "interface", "network"} //nolint:gochecknoglobals // constant

// String returns the hook's name in file headers and on the command line ("host").
func (h Hook) String() string { return hookNames[h] }

// HookNames lists the names of the hooks.
func HookNames() []string { return hookNames[:] }

// HookNamed finds a hook by its name.
func HookNamed(name string) (Hook, bool) {
	for h, n := range hookNames {
		if n == name {
			return Hook(h), true //nolint:gosec // below NumHooks
		}
	}
	return 0, false
}

// Hooks is a set of hooks.
type Hooks uint8

// HooksOf returns the set of the hooks given.
func HooksOf(hooks ...Hook) Hooks {
	var s Hooks
	for _, h := range hooks {
		s |= 1 << h
	}
	return s
}

// AllHooks is the set of all hooks.
const AllHooks = Hooks(1<<NumHooks - 1)

// Has reports whether h is in the set.
func (s Hooks) Has(h Hook) bool { return s>>h&1 != 0 }

// Names returns the names of the hooks in the set.
func (s Hooks) Names() []string {
	names := []string{}
	for h := range NumHooks {
		if s.Has(h) {
			names = append(names, h.String())
		}
	}
	return names
}

// Entities returns what checks with these hooks raise alerts about.
func (s Hooks) Entities() []alert.Entity {
	var all []alert.Entity
	if s.Has(HostMinute) {
		all = append(all, alert.Host)
	}
	if s&HooksOf(FlowDetected, FlowPeriodic, FlowEnd) != 0 {
		all = append(all, alert.Flow)
	}
	if s.Has(InterfaceMinute) {
		all = append(all, alert.Interface)
	}
	if s.Has(NetworkMinute) {
		all = append(all, alert.Network)
	}
	return all
}

// Check is one piece of a user's logic.
type Check interface {
	// Info describes the check.
	Info() Info
	// Start makes an instance with the settings given, for one goroutine at a time.
	Start(s Settings) (Instance, error)
}

// Info describes a check.
type Info struct {
	// Name identifies the check in settings and alerts: snake_case.
	Name string
	// Language is "Go", "Lua" or "JavaScript".
	Language string
	Hooks    Hooks
	// Detects says what the check finds, and Tune how to make it fit a network; one
	// sentence each, without a final full stop.
	Detects, Tune string
	// Params are the settings that the check reads, with their defaults.
	Params []Param
	// Off marks a check that runs only where the settings enable it.
	Off bool
}

// Param is a setting of a check: a number, a text, true or false, or a list of texts.
type Param struct {
	Name    string
	Default any
	Doc     string
}

// Instance is a check at work.
type Instance interface {
	// Run looks at the subject of the call. An error is the check's fault: it is
	// counted, and the engine goes on with the next subject.
	Run(c *Call) error
	// Close ends the instance.
	Close()
}

// Call is one run of a check. The subject is what its hook says; the other pointers
// are nil. All of it is valid during Run only.
type Call struct {
	Hook      Hook
	Host      *host.Host
	Flow      *flow.Record
	Interface *host.InterfaceStats
	Network   *host.NetworkStats
	// Now is the time of the run, nanoseconds since the Unix epoch.
	Now int64
	// First reports the check's first run on this host.
	First bool

	worker *worker
}

// Row is a record of the catalogue.
type Row interface {
	Value(i int, v *field.Value)
}

// Subject returns the record that the run is about, nil when it is of another scope, and
// for no run at all.
func (c *Call) Subject(scope field.Scope) Row {
	switch {
	case c == nil:
	case scope == field.Host && c.Host != nil:
		return c.Host
	case scope == field.Flow && c.Flow != nil:
		return c.Flow
	case scope == field.Interface && c.Interface != nil:
		return c.Interface
	case scope == field.Network && c.Network != nil:
		return c.Network
	}
	return nil
}

// Alert raises a finding about the subject, with a score of 1 to 255. Of several in
// one run the last counts.
func (c *Call) Alert(score uint8, message string) {
	c.worker.alert(c, score, message)
}

// Forever as the time of Skip means never again.
const Forever = int64(math.MaxInt64)

// Skip keeps the check from running on this subject before the time given; 0 takes that
// back.
func (c *Call) Skip(until int64) { c.worker.skip(c, until) }

// RanDirectly notes that the run did not need the check's interpreter.
func (c *Call) RanDirectly() { c.worker.cost.Direct++ }

// Engaged counts the alerts about the subject whose condition lasts, of all checks; those
// of flows never do.
func (c *Call) Engaged() int {
	switch book := c.worker.runner.book; {
	case c.Host != nil:
		return book.EngagedAbout(alert.Host, c.Host.Label())
	case c.Interface != nil:
		return book.EngagedAbout(alert.Interface, c.Interface.Name)
	case c.Network != nil:
		return book.EngagedAbout(alert.Network, c.Network.Prefix.String())
	default:
		return 0
	}
}

// Local reports which ends of the flow are in local networks, see flow.Record.Local.
func (c *Call) Local() (cli, srv bool) {
	if c.Flow == nil {
		return false, false
	}
	return c.Flow.Local()
}

// Log notes a line of the check's own output.
func (c *Call) Log(text string) { c.worker.log(text) }
