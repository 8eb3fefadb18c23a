package dpi

// dissectDRDA finds DB2's DDM header: length, 0xd0, and the code point of an exchange.
func dissectDRDA(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 10 {
		if len(b) > 2 && b[2] != 0xd0 {
			return No
		}
		return More
	}
	size := be16(b, 0)
	if b[2] != 0xd0 || size < 10 || be16(b, 6) != size-6 {
		return No
	}
	return Yes
}
