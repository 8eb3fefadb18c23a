package dpi

// dissectEtherNetIP finds the encapsulation header (CIP volume 2, section 2-3.1).
func dissectEtherNetIP(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 24 {
		if f.carrier == overTCP && f.HasPort(44818) {
			return More
		}
		return No
	}
	command, size := le16(b, 0), int(le16(b, 2))
	switch command {
	case 0x01, 0x04, 0x63, 0x64, 0x65, 0x66, 0x6f, 0x70, 0x72, 0x73:
	default:
		return No
	}
	if size+24 > f.PayloadLen && f.carrier == overUDP || le32(b, 8) > 0x6a || !f.HasPort(44818) {
		return No
	}
	return Yes
}
