package dpi

// dissectGEFanuc finds GE SRTP: the initialisation of all zeros but the first bytes, on
// its port.
func dissectGEFanuc(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(18245) || len(b) < 56 {
		return No
	}
	if b[0] > 3 {
		return No
	}
	return Yes
}
