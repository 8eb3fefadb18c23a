package dpi

// dissectSOMEIP finds AUTOSAR SOME/IP (section 4.1): message id, length, versions and
// type.
func dissectSOMEIP(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 16 {
		return No
	}
	size := int(be32(b, 4))
	switch kind := b[14]; kind {
	case 0, 1, 2, 0x40, 0x41, 0x42, 0x80, 0x81, 0xc0, 0xc1, 0x20, 0x21, 0x22, 0xa0, 0xa1:
	default:
		return No
	}
	if b[12] != 1 || b[15] > 0x0f || size < 8 || f.carrier == overUDP && size+8 > f.PayloadLen || size > 1<<16 || be32(b, 0) == 0 {
		return No
	}
	if be32(b, 0) == 0xffff8100 || f.HasPort(30490) || f.HasPort(30491) || f.HasPort(30501) {
		return Yes
	}
	if size+8 == f.PayloadLen && b[13] != 0 {
		return Yes
	}
	return No
}
