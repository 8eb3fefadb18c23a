package dpi

// dissectSteam finds Valve's client-server protocol and the datagrams of its friends and
// download networks.
func dissectSteam(f *Flow) Verdict {
	b := f.Payload
	if f.carrier == overUDP {
		if hasPrefix(b, "VS01") && len(b) >= 36 {
			return Yes
		}
		if hasPrefix(b, "\xff\xff\xff\xff!L_\xa0") { // in-home streaming discovery
			return Yes
		}
		return No
	}
	if len(b) < 8 {
		return More
	}
	if hasPrefix(b[4:], "VT01") && int(le32(b, 0)) < 1<<20 {
		return Yes
	}
	return No
}
