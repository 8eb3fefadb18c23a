package dpi

// dissectTeredo finds Teredo (RFC 4380) on its port: IPv6, perhaps behind
// authentication or origin headers.
func dissectTeredo(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(3544) || len(b) < 40 {
		return No
	}
	if b[0]>>4 == 6 || b[0] == 0 && b[1] <= 1 {
		return Yes
	}
	return No
}
