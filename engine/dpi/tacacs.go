package dpi

// dissectTACACS finds TACACS+ (RFC 8907, section 4.1) by version, one of three types, flags
// and length. On other ports than its own a whole first packet of a session is asked for.
func dissectTACACS(f *Flow) Verdict {
	const header, lastType, flags, longest, shortestBody = 12, 3, 0x05, 1 << 16, 5
	b := f.Payload
	if b[0] != 0xc0 && b[0] != 0xc1 {
		return No
	}
	if len(b) < header {
		return More
	}
	length := be32(b, 8)
	if b[1] < 1 || b[1] > lastType || b[3]&^flags != 0 || length > longest {
		return No
	}
	switch end := header + int(length); {
	case f.HasPort(49):
		return Yes
	case f.Dir == FromServer || b[2] != 1 || length < shortestBody || end < len(b):
		return No
	case end > len(b):
		return More
	default:
		return Yes
	}
}
