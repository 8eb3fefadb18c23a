package dpi

// dissectUbiquiti finds Ubiquiti's discovery: a version, a command and TLVs.
func dissectUbiquiti(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(10001) || len(b) < 4 || b[0] != 1 && b[0] != 2 || int(be16(b, 2))+4 != f.PayloadLen {
		return No
	}
	return Yes
}
