package dpi

// dissectCPHA finds Check Point's cluster protocol by its magic.
func dissectCPHA(f *Flow) Verdict {
	if !f.HasPort(8116) || len(f.Payload) < 20 || be16(f.Payload, 0) != 0x1a90 {
		return No
	}
	return Yes
}
