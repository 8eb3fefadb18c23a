package dpi

// dissectOscar finds AOL's FLAP frames: 0x2a, a channel, and a sequence.
func dissectOscar(f *Flow) Verdict {
	b := f.Payload
	if b[0] != 0x2a {
		return No
	}
	if len(b) < 10 {
		return More
	}
	size := int(be16(b, 4))
	switch channel := b[1]; {
	case channel == 1 && size >= 4 && be32(b, 6) == 1:
		return Yes
	case channel == 2 && size >= 10 && be16(b, 6) < 0x30 && be16(b, 8) < 0x30 && f.Packets[0]+f.Packets[1] > 1:
		return Yes
	case channel == 2:
		return More
	default:
		return No
	}
}
