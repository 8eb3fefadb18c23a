package dpi

// dissectTESO finds The Elder Scrolls Online's lobby: a length, three 16-bit numbers, a
// nested length.
func dissectTESO(f *Flow) Verdict {
	b := f.Payload
	if b[0] != 0 {
		return No
	}
	if len(b) < 14 {
		return More
	}
	if f.SrvPort < 24100 || f.SrvPort > 24600 || int(be32(b, 0))+4 != len(b) || be32(b, 8)+8 != be32(b, 0) {
		return No
	}
	return Yes
}
