package dpi

// dissectBFD finds BFD control packets (RFC 5880, section 4.1) on their ports.
func dissectBFD(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(3784) && !f.HasPort(3785) && !f.HasPort(4784) || len(b) < 24 || b[0]>>5 != 1 || b[2] == 0 {
		return No
	}
	if int(b[3]) > f.PayloadLen || b[3] < 24 {
		return No
	}
	return Yes
}
