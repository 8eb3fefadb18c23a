package dpi

// dissectCAPWAP finds CAPWAP control and data (RFC 5415, section 4) on their ports,
// plain or inside DTLS.
func dissectCAPWAP(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(5246) && !f.HasPort(5247) || len(b) < 8 {
		return No
	}
	switch {
	case b[0] == 0: // version 0, plain header
		if words := int(b[1] >> 3); words >= 2 && words*4 <= len(b) {
			return Yes
		}
	case b[0] == 1: // version 0, DTLS follows a 4-byte preamble
		if kind := at8(b, 4); kind >= 20 && kind <= 23 && at8(b, 5) == 0xfe {
			return Yes
		}
	}
	return No
}
