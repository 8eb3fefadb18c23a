package dpi

// dissectCorba finds GIOP messages (OMG CORBA 3.3, part 2, section 9.4), and MIOP packets
// that carry them over multicast (section 11.3).
func dissectCorba(f *Flow) Verdict {
	b := f.Payload
	if f.carrier == overUDP && hasPrefix(b, "MIOP") {
		return Yes
	}
	const header, newest, lastType = 12, 4, 7
	if v := prefixVerdict(b, "GIOP\x01"); v != Yes {
		return v
	}
	if len(b) < header {
		return More
	}
	if b[5] > newest || b[7] > lastType {
		return No
	}
	return Yes
}
