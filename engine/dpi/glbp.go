package dpi

// dissectGLBP finds Cisco's Gateway Load Balancing Protocol (no public description; the
// header as Wireshark documents it): version 1, group, the sender's address, then type,
// length and value until the end.
func dissectGLBP(f *Flow) Verdict {
	const header, hello, lastType = 12, 1, 4
	b := f.Payload
	if !f.HasPort(3222) || len(b) < header+2 || b[0] != 1 || be16(b, 2) > 1023 {
		return No
	}
	for at := header; at < len(b); at += int(at8(b, at+1)) {
		if b[at] < hello || b[at] > lastType || at8(b, at+1) < 2 || at+int(b[at+1]) > f.PayloadLen {
			return No
		}
	}
	return Yes
}
