package dpi

// dissectViber finds Viber's messages over TCP and its calls over UDP, on their ports.
// There is no public description; read off its packets: over TCP a length and a mark,
// over UDP a type behind two bytes, in datagrams of two sizes.
func dissectViber(f *Flow) Verdict {
	if f.carrier == overTCP {
		return viberTCP(f)
	}
	b := f.Payload
	ports := f.HasPort(7985) || f.HasPort(7987) || f.HasPort(5243) || f.HasPort(9785)
	if ports && len(b) >= 6 && b[2] == 0x03 && b[3] == 0x00 && (f.PayloadLen == 20 || f.PayloadLen == 34) {
		return Yes
	}
	return No
}

func viberTCP(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(4244) {
		return No
	}
	if len(b) < 11 {
		return More
	}
	if int(le16(b, 0)) != len(b) || le16(b, 4) != 0 || be16(b, 6) != 0xfcff {
		return No
	}
	return Yes
}
