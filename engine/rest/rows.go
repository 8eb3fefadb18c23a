package rest

import (
	"iter"

	"github.com/gin-gonic/gin"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/codec"
	"github.com/flowloom/flowloom/engine/flow"
	"github.com/flowloom/flowloom/engine/host"
	"github.com/flowloom/flowloom/engine/telemetry"
)

// source is an engine, or what is left of one.
type source interface {
	Status() ([]host.InterfaceStats, []telemetry.Counter)
	Shards(look func(iter.Seq[*flow.Record]))
	Look(look func(engine.Tables))
}

// lists are the tables of an engine.
type lists struct {
	of                                                    source
	interfaces, hosts, networks, flows, protocols, alerts *list
}

func listsOf(e source) *lists {
	l := &lists{of: e}
	l.interfaces = newList(func(offer func(codec.Row), settle func()) {
		all, _ := e.Status()
		for i := range all {
			offer(&all[i])
		}
		settle()
	})
	l.flows = newList(func(offer func(codec.Row), settle func()) {
		e.Shards(func(flows iter.Seq[*flow.Record]) {
			for r := range flows {
				if r.Packets() > 0 { // none yet: what went before was told in another record
					offer(r)
				}
			}
			settle()
		})
	})
	tables := func(rows func(t *engine.Tables, offer func(codec.Row))) *list {
		return newList(func(offer func(codec.Row), settle func()) {
			e.Look(func(t engine.Tables) {
				rows(&t, offer)
				settle()
			})
		})
	}
	l.hosts, l.networks, l.protocols, l.alerts = tables(hosts), tables(networks), tables(protocols), tables(alerts)
	return l
}

func hosts(t *engine.Tables, offer func(codec.Row)) {
	for h := range t.Hosts.All() {
		offer(h)
	}
}

func protocols(t *engine.Tables, offer func(codec.Row)) {
	for _, p := range t.Protocols.Sorted() {
		offer(p)
	}
}

func alerts(t *engine.Tables, offer func(codec.Row)) {
	if t.Checks == nil {
		return
	}
	for a := range t.Checks.Alerts().Each() {
		offer(check.AlertRow{Alert: a})
	}
}

func networks(t *engine.Tables, offer func(codec.Row)) {
	for n := range t.Hosts.Networks() {
		offer(n)
	}
}

// nothing is a table without rows.
func nothing(func(codec.Row), func()) {}

// live returns what finds a list of the engine that runs.
func (s *server) live(of func(*lists) *list) func(*gin.Context) *list {
	return func(*gin.Context) *list { return of(s.lists) }
}

// The lists there are of each engine.
func interfaceList(l *lists) *list { return l.interfaces }
func hostList(l *lists) *list      { return l.hosts }
func networkList(l *lists) *list   { return l.networks }
func flowList(l *lists) *list      { return l.flows }
func protocolList(l *lists) *list  { return l.protocols }
func alertList(l *lists) *list     { return l.alerts }
