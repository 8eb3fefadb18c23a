package dpi

import "net/netip"

// Blacklists answers for the user's lists: each method returns the name of the list that
// has what it is asked for, "" for none. Detectors ask from many goroutines.
type Blacklists interface {
	// BlacklistedAddress looks up an IP address.
	BlacklistedAddress(a netip.Addr) string
	// BlacklistedName looks up a domain name and those above it.
	BlacklistedName(name string) string
	// BlacklistedFingerprint looks up a JA3S, JA4, HASSH or hash of a certificate.
	BlacklistedFingerprint(print string) string
}

// Consult has servers, names and fingerprints looked up in lists. It is called before the
// first packet.
func (d *Detector) Consult(lists Blacklists) { d.lists = lists }

// checkListedName raises a risk for a name on a list.
func (f *Flow) checkListedName(name string) {
	if lists := f.detector.lists; lists != nil {
		if list := lists.BlacklistedName(name); list != "" {
			f.Risk(RiskMalwareHost, name+" is on the list "+list)
		}
	}
}

// checkFingerprint raises a risk for a fingerprint on a list, and reports whether it is on
// one. What says what it is the fingerprint of.
func (f *Flow) checkFingerprint(r Risk, what, print string) bool {
	lists := f.detector.lists
	if lists == nil || print == "" {
		return false
	}
	list := lists.BlacklistedFingerprint(print)
	if list != "" {
		f.Risk(r, what+" "+print+" is on the list "+list)
	}
	return list != ""
}

// malware reports servers that a list has: the user's blacklists, or the rules under malware.
func (d *Detector) malware(r *Result, ends *Ends) string {
	if r.Category == Malware {
		return "a list has the server under malware"
	}
	if d.lists != nil {
		if server := ends.SrvAddr.Netip(); d.lists.BlacklistedAddress(server) != "" {
			return server.String() + " is on the list " + d.lists.BlacklistedAddress(server)
		}
	}
	return ""
}
