package dpi

// dissectSLP finds the Service Location Protocol, version 2 (RFC 2608, section 8)
// and version 1 (RFC 2165, section 5).
func dissectSLP(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(427) {
		return No
	}
	if len(b) < 12 {
		if f.carrier == overTCP {
			return More
		}
		return No
	}
	switch b[0] {
	case 2:
		if size := int(be32(b, 1) & 0xffffff); b[1] > 11 || b[1] == 0 || f.carrier == overUDP && int(be32(b, 2)>>8) != f.PayloadLen && size == 0 {
			return No
		}
		return Yes
	case 1:
		if b[1] >= 1 && b[1] <= 10 && int(be16(b, 2)) <= f.PayloadLen {
			return Yes
		}
	}
	return No
}
