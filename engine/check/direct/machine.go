package direct

import (
	"github.com/flowloom/flowloom/engine/check"
)

// Program is a check, as far as it is simple. It is not changed by its machines.
type Program struct {
	body   Stmt
	slots  int
	config []string
}

// Machine runs a program, for one goroutine at a time.
type Machine struct {
	body    Stmt
	call    *check.Call
	scratch Scratch
	locals  []Value
	config  []Value
	rounds  int
	alerts  []raised
}

// raised is an alert that waits for the end of the run.
type raised struct {
	score   float64
	message string
}

// maxAlerts bounds the alerts that one run raises here.
const maxAlerts = 8

// Start makes a machine for a check with the settings given.
func (p *Program) Start(settings check.Settings) *Machine {
	m := &Machine{body: p.body, locals: make([]Value, p.slots), alerts: make([]raised, 0, maxAlerts)}
	for _, name := range p.config {
		v, ok := settings.Params[name]
		if !ok {
			m.config = append(m.config, Null())
			continue
		}
		m.config = append(m.config, Of(v))
	}
	return m
}

// Run runs the program. It reports whether that was all: if not, nothing has happened,
// and the interpreter is to run the script.
func (m *Machine) Run(c *check.Call) bool {
	m.call, m.rounds, m.alerts = c, 0, m.alerts[:0]
	o := m.body(m)
	m.call = nil
	if o == givenUp {
		return false
	}
	c.RanDirectly()
	for i := range m.alerts {
		c.Alert(Score(m.alerts[i].score), m.alerts[i].message)
	}
	return true
}

// Score brings a number into the range of scores.
func Score(n float64) uint8 { return uint8(min(max(n, 0), 255)) }
