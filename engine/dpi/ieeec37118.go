package dpi

// dissectC37118 finds synchrophasor frames (IEEE C37.118.2, section 6.2).
func dissectC37118(f *Flow) Verdict {
	b := f.Payload
	if b[0] != 0xaa {
		return No
	}
	if len(b) < 16 {
		if f.carrier == overTCP {
			return More
		}
		return No
	}
	size, kind, version := int(be16(b, 2)), b[1]>>4, b[1]&0x0f
	if kind > 5 || b[1]&0x80 != 0 || version < 1 || version > 3 || size < 16 || f.carrier == overUDP && size != f.PayloadLen {
		return No
	}
	return Yes
}
