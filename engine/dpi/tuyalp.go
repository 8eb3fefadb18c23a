package dpi

// dissectTuya finds Tuya's local protocol: a prefix and suffix around a frame.
func dissectTuya(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 20 || be32(b, 0) != 0x000055aa && be32(b, 0) != 0x00006699 {
		return No
	}
	return Yes
}
