package dpi

// dissectHiSLIP finds the High-Speed LAN Instrument Protocol (IVI-6.1, section 2.4): "HS",
// type, control code, parameter, 64-bit length.
func dissectHiSLIP(f *Flow) Verdict {
	const header, lastType, vendorSpecific, maxSize = 16, 37, 128, 1 << 28
	b := f.Payload
	if v := prefixVerdict(b, "HS"); v != Yes {
		return v
	}
	if len(b) < header {
		return More
	}
	if b[2] > lastType && b[2] < vendorSpecific || be32(b, 8) != 0 || be32(b, 12) > maxSize {
		return No
	}
	return Yes
}
