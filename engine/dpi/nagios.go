package dpi

// dissectNRPE finds Nagios remote plugin packets (version 2 and 3) on their port.
func dissectNRPE(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(5666) || b[0] != 0 {
		return No
	}
	if len(b) < 10 {
		return More
	}
	if v, kind := be16(b, 0), be16(b, 2); v < 2 || v > 4 || kind < 1 || kind > 2 {
		return No
	}
	return Yes
}
