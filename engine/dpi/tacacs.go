package dpi

// dissectTACACS finds TACACS+ on its port (RFC 8907, section 4.1): version, one of three
// types, flags and length.
func dissectTACACS(f *Flow) Verdict {
	const header, lastType, flags, longest = 12, 3, 0x05, 1 << 16
	b := f.Payload
	if !f.HasPort(49) || b[0] != 0xc0 && b[0] != 0xc1 {
		return No
	}
	if len(b) < header {
		return More
	}
	if b[1] < 1 || b[1] > lastType || b[3]&^flags != 0 || be32(b, 8) > longest {
		return No
	}
	return Yes
}
