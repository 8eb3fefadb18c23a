package dpi

// dissectC1222 finds application PDUs of ANSI C12.22: an ACSE envelope with a called
// title.
func dissectC1222(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(1153) || b[0] != 0x60 {
		return No
	}
	_, body, size, ok := berHeader(b, 0)
	if !ok || size < 8 || at8(b, body) != 0xa2 && at8(b, body) != 0xa4 && at8(b, body) != 0xa6 && at8(b, body) != 0xa1 {
		return No
	}
	return Yes
}
