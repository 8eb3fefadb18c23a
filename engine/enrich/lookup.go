package enrich

import "net/netip"

// AddressInfo is what the files say of an address.
type AddressInfo struct {
	Location
	// Network is the name of the local network, empty for a remote address.
	Network string
	// Lists have the address or a network around it: the one with the longest prefix
	// first. It is shared and not to be changed.
	Lists []Listed
}

// Address looks up an IP address, IPv4 also in its IPv6 form.
func (e *Enricher) Address(a netip.Addr) AddressInfo {
	a = a.Unmap()
	if !a.IsValid() {
		return AddressInfo{}
	}
	s := e.current.Load()
	info := AddressInfo{Network: s.nets.find(a)}
	for _, d := range s.databases {
		if info.complete() {
			break
		}
		more, err := d.find(a)
		if err != nil {
			e.damaged.Add(1)
		}
		info.add(&more)
	}
	var h hits
	for _, l := range s.lists {
		h.add(l, int(l.networks.find(a)))
	}
	info.Lists = h.lists
	return info
}

// NameInfo is what the files say of a domain name.
type NameInfo struct {
	// Lists have the name or one above it: the one with the longest first. It is
	// shared and not to be changed.
	Lists []Listed
}

// Name looks up a domain name, in any case, with or without a dot at its end.
func (e *Enricher) Name(name string) NameInfo {
	var h hits
	name = normalName(name)
	for _, l := range e.current.Load().lists {
		h.add(l, l.findName(name))
	}
	return NameInfo{Lists: h.lists}
}

// Fingerprint returns the lists that have a JA3, JA4 or hash of a certificate, in
// hex with or without colons. The slice is shared and not to be changed.
func (e *Enricher) Fingerprint(print string) []Listed {
	var h hits
	print = normalFingerprint(print)
	for _, l := range e.current.Load().lists {
		if l.prints.has(print) {
			h.add(l, 1)
		}
	}
	return h.lists
}

// BlacklistedAddress returns the blacklist that has the address or the smallest network
// around it, "" for none.
func (e *Enricher) BlacklistedAddress(a netip.Addr) string {
	if a = a.Unmap(); !a.IsValid() {
		return ""
	}
	return e.blacklist(func(l *list) int { return int(l.networks.find(a)) })
}

// BlacklistedName returns the blacklist that has the domain name or the longest part of it, ""
// for none.
func (e *Enricher) BlacklistedName(name string) string {
	name = normalName(name)
	return e.blacklist(func(l *list) int { return l.findName(name) })
}

// BlacklistedFingerprint returns the first blacklist that has the fingerprint, "" for none;
// see [Enricher.Fingerprint].
func (e *Enricher) BlacklistedFingerprint(print string) string {
	print = normalFingerprint(print)
	return e.blacklist(func(l *list) int {
		if l.prints.has(print) {
			return 1
		}
		return 0
	})
}

// blacklist returns the blacklist whose entry is the most specific, "" where all are 0.
func (e *Enricher) blacklist(specific func(*list) int) string {
	name, best := "", 0
	for _, l := range e.current.Load().lists {
		if l.listed[0].Category != "" {
			continue
		}
		if n := specific(l); n > best {
			name, best = l.listed[0].List, n
		}
	}
	return name
}

// MAC returns the vendor of a network card, empty when it is unknown.
func (e *Enricher) MAC(mac [6]byte) string {
	vendor, longest := "", uint8(0)
	for _, v := range e.current.Load().vendors {
		if name, bits := v.find(mac); bits > longest {
			vendor, longest = name, bits
		}
	}
	return vendor
}
