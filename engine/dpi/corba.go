package dpi

// dissectCorba finds GIOP messages (OMG CORBA 3.3, part 2, section 9.4), and MIOP packets
// that carry them over multicast (section 11.3). ZIOP
// is the same header before a compressed message (ZIOP 1.0, section 8.2).
func dissectCorba(f *Flow) Verdict {
	b := f.Payload
	if f.carrier == overUDP && hasPrefix(b, "MIOP") {
		return Yes
	}
	const header, newest, lastType = 12, 4, 7
	v := prefixVerdict(b, "GIOP\x01")
	if v == No {
		v = prefixVerdict(b, "ZIOP\x01")
	}
	if v != Yes {
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
