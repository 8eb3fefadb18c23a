package dpi

// dissectDRDA finds the segments of DRDA (DDM architecture, "DSS"): length, 0xd0, format,
// correlation, and an object with its length and code point.
func dissectDRDA(f *Flow) Verdict {
	const header, magic, reserved, kind, lastKind = 10, 0xd0, 0x80, 0x0f, 5
	b := f.Payload
	if len(b) > 2 && b[2] != magic || len(b) > 3 && (b[3]&reserved != 0 || b[3]&kind == 0 || b[3]&kind > lastKind) {
		return No
	}
	if len(b) < header {
		return More
	}
	if size := be16(b, 0); size < header || be16(b, 6) != size-6 {
		return No
	}
	return Yes
}
