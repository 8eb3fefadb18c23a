package dpi

// dissectHPVirtGrp finds HP's virtual machine group protocol.
func dissectHPVirtGrp(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(5223) || f.Dir != FromClient || b[0] != 0x16 {
		return No
	}
	if len(b) < 4 {
		return More
	}
	if int(be16(b, 1)) != len(b) || b[3] != 0 {
		return No
	}
	return Yes
}
