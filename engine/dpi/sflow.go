package dpi

// dissectSFlow finds sFlow version 5 and 2 by version, agent address type and
// sample count.
func dissectSFlow(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 28 {
		return No
	}
	version, family := be32(b, 0), be32(b, 4)
	if version != 2 && version != 4 && version != 5 || family != 1 && family != 2 || !f.HasPort(6343) {
		return No
	}
	return Yes
}
