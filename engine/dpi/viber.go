package dpi

// dissectViber finds Viber's messages over TCP and its calls over UDP.
// There is no public description; read off its packets: over TCP a length and marks,
// over UDP, on its ports, a type behind two bytes.
func dissectViber(f *Flow) Verdict {
	if f.carrier == overTCP {
		return viberTCP(f)
	}
	b := f.Payload
	if !f.HasPort(7985) && !f.HasPort(7987) && !f.HasPort(5243) && !f.HasPort(9785) || len(b) < 6 || b[3] != 0 {
		return No
	}
	switch size := f.PayloadLen; {
	case b[2] == 0x01 && b[4] == 0x05 && b[5] == 0, b[2] == 0x03,
		b[2] == 0x09 && size == 20, (b[2] == 0x19 || b[2] == 0x1b) && size == 34:
		return Yes
	default:
		return No
	}
}

// viberTCP asks of a first message on another port than 4244 that it has more marks.
func viberTCP(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 11 {
		return More
	}
	if int(le16(b, 0)) != len(b) {
		return No
	}
	switch {
	case be16(b, 6) == 0xfcff && (b[9] == 0x80 || f.HasPort(4244) && le16(b, 4) == 0), be16(b, 4) == 0x0380 && b[10] == 0x0a:
		return Yes
	default:
		return No
	}
}
