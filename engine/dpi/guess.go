package dpi

import "github.com/flowloom/flowloom/engine/packet"

// conclude draws what follows from a detected protocol and its metadata: the
// application by server name, category, and the risks that need no dissector.
func (d *Detector) conclude(r *Result) {
	if r.App == Unknown && r.Info != nil && r.Info.ServerName != "" {
		if app, category, ok := d.reg.hosts.lookup(r.Info.ServerName); ok {
			r.App = app
			if category != Unspecified {
				r.Category = category
			}
		}
	}
	d.categorize(r)
}

// categorize gives a flow without a category that of its application, else that
// of its protocol.
func (d *Detector) categorize(r *Result) {
	if r.Category == Unspecified {
		r.Category = d.reg.protocols[r.App].Category
	}
	if r.Category == Unspecified {
		r.Category = d.reg.protocols[r.Master].Category
	}
}

// guess names a flow that no dissector knew, from its server port, then from
// the addresses.
func (d *Detector) guess(r *Result, ends *Ends, proto uint8) {
	if t := d.reg.ports(carrierOf(proto)); t != nil {
		if id := d.guessPort(t, ends); id != Unknown {
			r.Master, r.Confidence = id, ByPort
		}
	}
	if r.Master == Unknown {
		if id := d.guessAddr(ends); id != Unknown {
			r.Master, r.Confidence = id, ByAddress
		}
	}
	d.categorize(r)
}

func (d *Detector) guessPort(t *portTable, ends *Ends) ID {
	for _, port := range [...]uint16{ends.SrvPort, ends.CliPort} {
		for _, id := range t.ids[port] {
			if !d.reg.protocols[id].NoGuess {
				return id
			}
		}
	}
	return Unknown
}

func (d *Detector) guessAddr(ends *Ends) ID {
	for _, a := range [...]packet.Addr{ends.SrvAddr, ends.CliAddr} {
		if id, ok := d.reg.addrs.lookup(a); ok {
			return id
		}
	}
	return Unknown
}
