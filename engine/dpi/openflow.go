package dpi

// dissectOpenFlow finds the hello of OpenFlow 1.0 to 1.5 (OpenFlow switch
// specification, section A.1).
func dissectOpenFlow(f *Flow) Verdict {
	b := f.Payload
	if b[0] < 1 || b[0] > 6 {
		return No
	}
	if len(b) < 8 {
		if len(b) > 1 && b[1] > 35 {
			return No
		}
		return More
	}
	size := int(be16(b, 2))
	if b[1] != 0 || size < 8 || size > 64 || len(b) < size && f.PayloadLen >= size {
		return No
	}
	if !f.HasPort(6653) && !f.HasPort(6633) {
		return No
	}
	return Yes
}
