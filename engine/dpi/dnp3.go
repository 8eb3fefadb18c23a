package dpi

// dissectDNP3 finds the data-link header (IEEE 1815, section 9.2): 0x0564 and a length.
func dissectDNP3(f *Flow) Verdict {
	b := f.Payload
	if b[0] != 0x05 {
		return No
	}
	if len(b) < 10 {
		return More
	}
	if b[1] != 0x64 || b[2] < 5 || b[3]&0x0f > 15 {
		return No
	}
	return Yes
}
