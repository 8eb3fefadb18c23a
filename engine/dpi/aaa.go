package dpi

// Authentication, authorisation, accounting: RADIUS, TACACS+, Diameter.

// dissectRadius finds RADIUS (RFC 2865, section 3) by code, length and the first
// attribute.
func dissectRadius(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 20 || int(be16(b, 2)) != f.PayloadLen || f.PayloadLen > 4096 {
		return No
	}
	switch code := b[0]; {
	case code >= 1 && code <= 5, code == 11, code == 12, code == 13, code >= 40 && code <= 45:
	default:
		return No
	}
	known := f.HasPort(1812) || f.HasPort(1813) || f.HasPort(1645) || f.HasPort(1646) || f.HasPort(3799)
	if f.PayloadLen > 20 {
		if size := int(at8(b, 21)); size < 2 || 20+size > f.PayloadLen || at8(b, 20) == 0 {
			return No
		}
	}
	if !known {
		return No
	}
	return Yes
}

// dissectTACACS finds TACACS+ (RFC 8907, section 4.1).
func dissectTACACS(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(49) || b[0] != 0xc0 && b[0] != 0xc1 {
		return No
	}
	if len(b) < 12 {
		return More
	}
	if b[1] < 1 || b[1] > 3 || b[3]&^5 != 0 || be32(b, 8) > 1<<16 {
		return No
	}
	return Yes
}

// dissectDiameter finds Diameter (RFC 6733, section 3) over TCP and SCTP.
func dissectDiameter(f *Flow) Verdict {
	b := f.Payload
	if b[0] != 1 {
		return No
	}
	if len(b) < 20 {
		return More
	}
	size := int(be32(b, 0) & 0xffffff)
	flags, command := b[4], be32(b, 4)&0xffffff
	if size < 20 || size > 1<<16 || size%4 != 0 || flags&0x0f != 0 || command == 0 || command > 16777215 {
		return No
	}
	known := command >= 257 && command <= 283 || command >= 300 && command <= 330 || command >= 8388600 && command <= 8388740
	if !known {
		return No
	}
	return Yes
}
