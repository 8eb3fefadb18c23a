package host

import (
	"github.com/flowloom/flowloom/engine/alert"
	"github.com/flowloom/flowloom/engine/enrich"
	"github.com/flowloom/flowloom/engine/flow"
)

// details is what only checks ask a host for. It stands apart, so that hosts stay small
// where there are no checks.
type details struct {
	apps    []AppStats
	noReply noReply
	marks   []mark
	// about is what files say of the address, vendor whose network card it is.
	about  enrich.AddressInfo
	vendor string
}

// mark is the alert that a check has raised for the host.
type mark struct {
	check int
	alert *alert.Alert
}

// more returns the details, to be changed.
func (h *Host) more() *details {
	if h.details == nil {
		h.details = new(details)
	}
	return h.details
}

// detail adds what a flow has gained.
func (h *Host) detail(d *flow.Delta, side int) {
	if d.L7 != "" {
		h.served(d, side)
	}
}

// Blacklist returns the name of the list that has the address, "" when none has.
func (h *Host) Blacklist() string {
	if h.details == nil {
		return ""
	}
	for _, l := range h.details.about.Lists {
		if l.Category == "" {
			return l.List
		}
	}
	return ""
}

// About returns what the user's files say of the address, once looked up.
func (h *Host) About() *enrich.AddressInfo {
	if h.details == nil {
		return &enrich.AddressInfo{}
	}
	return &h.details.about
}

// Vendor returns the vendor of the host's network card, "" when it is unknown.
func (h *Host) Vendor() string {
	if h.details == nil {
		return ""
	}
	return h.details.vendor
}

// enrich looks the address up.
func (t *Table) enrich(h *Host) {
	about := t.cfg.Enrich.Address(h.Addr.Netip())
	if about.Network != "" || about.Location != (enrich.Location{}) || len(about.Lists) > 0 {
		h.more().about = about
	}
}

// enrichCard looks the network card up.
func (t *Table) enrichCard(h *Host) {
	if vendor := t.cfg.Enrich.MAC(h.MAC); vendor != "" || h.Vendor() != "" {
		h.more().vendor = vendor
	}
}

// Visit notes that checks have seen the host.
func (h *Host) Visit() { h.visited = true }

// Visited reports whether checks have seen the host.
func (h *Host) Visited() bool { return h.visited }

// Mark keeps the alert that a check, by its number, has raised for the host.
func (h *Host) Mark(check int, a *alert.Alert) {
	d := h.more()
	for i := range d.marks {
		if d.marks[i].check == check {
			d.marks[i].alert = a
			return
		}
	}
	d.marks = append(d.marks, mark{check, a})
}

// Marked returns the alert that Mark has kept, nil without one.
func (h *Host) Marked(check int) *alert.Alert {
	if h.details == nil {
		return nil
	}
	for i := range h.details.marks {
		if h.details.marks[i].check == check {
			return h.details.marks[i].alert
		}
	}
	return nil
}
