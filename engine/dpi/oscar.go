package dpi

// dissectOscar finds AOL's FLAP frames (OSCAR documentation, "FLAP"): 0x2a, a channel, a
// sequence number, a length. A sign-on tells by its version, data by the family and type
// of a SNAC, of which two must come where the port does not tell.
func dissectOscar(f *Flow) Verdict {
	b := f.Payload
	if b[0] != 0x2a {
		return No
	}
	if len(b) < 10 {
		return More
	}
	const signOn, data, port = 1, 2, 5190
	size, more := int(be16(b, 4)), f.Packets[0]+f.Packets[1] > 1 || f.HasPort(port)
	switch channel := b[1]; {
	case channel == signOn && size >= 4 && be32(b, 6) == 1:
		return Yes
	case channel != data || size < 10 || !oscarSNAC(b):
		return No
	case more:
		return Yes
	default:
		return More
	}
}

// oscarSNAC reports a family and a type that exist.
func oscarSNAC(b []byte) bool {
	const families, types = 0x30, 0x30
	family, kind := be16(b, 6), be16(b, 8)
	return family > 0 && family < families && kind > 0 && kind < types
}
