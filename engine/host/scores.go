package host

import "github.com/flowloom/flowloom/engine/flow"

// tallies are what the flows of an interface add up to.
type tallies struct{ flows, alerted, score uint64 }

func (t *Table) tallies(iface uint16) *tallies {
	for int(iface) >= len(t.interfaces) {
		t.interfaces = append(t.interfaces, tallies{})
	}
	return &t.interfaces[iface]
}

// tally adds a delta to its interface.
func (t *Table) tally(d *flow.Delta) {
	if !d.Started && !d.Ended {
		return
	}
	x := t.tallies(d.Iface)
	if d.Started {
		x.flows++
	}
	if d.Ended {
		x.score += uint64(d.Score)
	}
}

// Score fills in what the flows of interfaces add up to.
func (t *Table) Score(ifaces []InterfaceStats) {
	for i := range ifaces {
		if s := &ifaces[i]; int(s.ID) < len(t.interfaces) {
			x := &t.interfaces[s.ID]
			s.Flows, s.AlertedFlows, s.Score = x.flows, x.alerted, x.score
		}
	}
}

// Alerted notes that checks have raised an alert about a flow, the first one.
func (t *Table) Alerted(r *flow.Record) {
	t.tallies(r.Interface()).alerted++
	cli, _ := r.Client()
	srv, _ := r.Server()
	// The hosts may not be in the table yet.
	client, server := t.networks.find(cli), t.networks.find(srv)
	if client > 0 {
		n := t.networks.open(client)
		n.AlertedAsClient++
		n.Alerted++
	}
	if server > 0 {
		n := t.networks.open(server)
		n.AlertedAsServer++
		if server != client {
			n.Alerted++
		}
	}
}
