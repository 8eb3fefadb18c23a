package dpi

// dissectCoAP finds the Constrained Application Protocol (RFC 7252, section 3).
func dissectCoAP(f *Flow) Verdict {
	b := f.Payload
	if b[0]>>6 != 1 || len(b) < 4 || b[0]&15 > 8 {
		return No
	}
	class, detail := b[1]>>5, b[1]&31
	valid := class == 0 && detail <= 7 || class == 2 && detail <= 31 || class >= 4 && class <= 5 && detail <= 15 || class == 7 && detail <= 5
	if !valid || b[1] == 0 && f.PayloadLen != 4 {
		return No
	}
	if f.HasPort(5683) || f.HasPort(5684) || f.SrvPort >= 61616 && f.SrvPort <= 61631 {
		return Yes
	}
	return No
}
