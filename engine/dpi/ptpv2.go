package dpi

// dissectPTP finds the Precision Time Protocol (IEEE 1588-2008, section 13) on
// its two ports.
func dissectPTP(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(319) && !f.HasPort(320) || len(b) < 34 || b[1]&0x0f != 2 {
		return No
	}
	if size := int(be16(b, 2)); size < 34 || size > f.PayloadLen {
		return No
	}
	return Yes
}
