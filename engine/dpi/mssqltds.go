package dpi

// dissectTDS finds a pre-login or login packet (MS-TDS, section 2.2.3.1).
func dissectTDS(f *Flow) Verdict {
	const batch, login, prelogin, response = 0x01, 0x10, 0x12, 0x04
	b := f.Payload
	if b[0] != prelogin && b[0] != login && b[0] != response && b[0] != batch {
		return No
	}
	if len(b) < 9 {
		return More
	}
	size := int(be16(b, 2))
	if b[1]&^0x0f != 0 || size < 9 || size > 1<<15 || b[7] != 0 || f.Dir == FromServer && b[0] != response {
		return No
	}
	switch b[0] {
	case prelogin: // first option VERSION at an offset within the packet
		if b[8] == 0 && int(be16(b, 9)) < size && be16(b, 11) == 6 {
			return Yes
		}
	case login:
		if int(le32(b, 8)) == size-8 {
			return Yes
		}
	default:
		if f.HasPort(1433) && size == len(b) {
			return Yes
		}
	}
	return No
}
