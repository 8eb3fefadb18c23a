package dpi

// conclude draws what follows from a detected protocol and its metadata: the
// application by the user's rules, by server name or by address, and category.
func (d *Detector) conclude(r *Result) {
	if d.reg.rules == nil || !d.applyRules(r) {
		d.applyHost(r)
		d.applyTunnel(r)
	}
	d.reg.categorize(r)
}

// applyRules names the application as a rule of the user says: he knows his
// network better than any list.
func (d *Detector) applyRules(r *Result) bool {
	if r.Info != nil && r.Info.ServerName != "" {
		if e, ok := d.reg.rules.hosts.lookup(r.Info.ServerName); ok {
			r.App, r.Confidence = e.app, ByRule
			if e.category != Unspecified {
				r.Category = e.category
			}
			return true
		}
	}
	if r.flow == nil {
		return false
	}
	ends := r.flow.ends()
	id := d.reg.rules.byEnds(&ends, r.flow.carrier)
	if id == Unknown || id == r.Master || !d.reg.protocols[id].App {
		return false
	}
	r.App, r.Confidence = id, ByRule
	return true
}

// applyHost names the application by the server name.
func (d *Detector) applyHost(r *Result) {
	master := &d.reg.protocols[r.Master]
	if r.Info == nil || r.Info.ServerName == "" || ownName(master) {
		return
	}
	e, ok := d.reg.hosts.lookup(r.Info.ServerName)
	if !ok {
		return
	}
	if e.app != Unknown && (r.App == Unknown || d.reg.protocols[r.App].Name == "WebSocket") {
		r.App = e.app // a WebSocket says how, the host says what for
	}
	if e.category != Unspecified && !ownCategory(master) {
		r.Category = e.category
	}
}

// ownName reports protocols in which a host names itself, not a server.
func ownName(master *Protocol) bool {
	switch master.Name {
	case "DHCP", "DHCPV6", "MDNS", "LLMNR", "NetBIOS", "Collectd":
		return true
	default:
		return false
	}
}

// applyTunnel names the provider of a private network by its address, where the
// protocol hides everything else. A public service is not named that way: behind
// Google's addresses may stand anybody's server.
func (d *Detector) applyTunnel(r *Result) {
	if r.App != Unknown || r.flow == nil || r.Info != nil && r.Info.ServerName != "" {
		return
	}
	switch master := &d.reg.protocols[r.Master]; {
	case master.Category == VPN, master.Name == "TLS":
		ends := r.flow.ends()
		if id := d.guessAddr(&ends); id != r.Master && d.reg.protocols[id].Category == VPN {
			r.App = id
		}
	}
}

// ownCategory reports protocols that stay what they are, whatever name they are
// about: a query for a shop is not shopping.
func ownCategory(master *Protocol) bool {
	return master.Name == "DNS" || master.Category == Email
}

// categorize gives a flow the category of its application, else that of its
// protocol, unless a dissector or a list said more.
func (r *Registry) categorize(res *Result) {
	if res.Category != res.derived {
		return
	}
	master := &r.protocols[res.Master]
	res.Category = master.Category
	if app := r.protocols[res.App].Category; app != Unspecified && !ownCategory(master) {
		res.Category = app
	}
	res.derived = res.Category
}

// guess names a flow that no dissector knew: by the user's rules, from the
// ports, then from the addresses.
func (d *Detector) guess(r *Result, ends *Ends, proto uint8) {
	carrier := carrierOf(proto)
	if t := d.reg.ports(carrier); t != nil {
		if id := d.guessPort(t, ends); id != Unknown {
			r.Master, r.Confidence = id, ByPort
		}
	}
	rule := Unknown
	if d.reg.rules != nil {
		rule = d.reg.rules.byEnds(ends, carrier)
	}
	switch {
	case rule != Unknown:
		r.Confidence = ByRule
		if d.reg.protocols[rule].App && r.Master != Unknown {
			r.App = rule
		} else {
			r.Master = rule
		}
	case r.Master == Unknown:
		if id := d.guessAddr(ends); id != Unknown {
			r.Master, r.Confidence = id, ByAddress
		}
	}
	d.reg.categorize(r)
}

// guessPort returns the protocol of the lower port, which more likely is the
// server's, else that of the higher one.
func (d *Detector) guessPort(t *portTable, ends *Ends) ID {
	lower, higher := min(ends.SrvPort, ends.CliPort), max(ends.SrvPort, ends.CliPort)
	for _, port := range [...]uint16{lower, higher} {
		for _, id := range t.ids[port] {
			if !d.reg.protocols[id].NoGuess {
				return id
			}
		}
	}
	return Unknown
}

// guessAddr returns the owner of the server's address, else of the client's.
func (d *Detector) guessAddr(ends *Ends) ID {
	if id, _, ok := d.reg.addrs.lookup(ends.SrvAddr); ok {
		return id
	}
	id, _, _ := d.reg.addrs.lookup(ends.CliAddr)
	return id
}
