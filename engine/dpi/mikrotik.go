package dpi

// dissectMNDP finds MikroTik's neighbour discovery: a header and TLVs.
func dissectMNDP(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(5678) || len(b) < 4 {
		return No
	}
	at := 4
	for n := 0; at < len(b) && n < 32; n++ {
		size := int(be16(b, at+2))
		if kind := be16(b, at); kind == 0 || kind > 32 || at+4+size > len(b) {
			return No
		}
		at += 4 + size
	}
	if at == 4 {
		return No
	}
	return Yes
}
