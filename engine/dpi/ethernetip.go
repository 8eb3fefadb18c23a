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
	if size+24 > f.PayloadLen && f.carrier == overUDP || le32(b, 8) > 0x6a || !f.HasPort(44818) && !enipRegister(b) {
		return No
	}
	return Yes
}

// enipRegister reports the command that opens a session, in which only the sender's context
// is free (section 2-4.4).
func enipRegister(b []byte) bool {
	const size, session = 28, "\x65\x00\x04\x00"
	return len(b) == size && hasPrefix(b, session) && be32(b, 8) == 0 && be32(b, 20) == 0 && be32(b, 24) == 0x01000000
}
