package dpi

// dissectDICOM finds an association request or answer (DICOM PS3.8, section 9.3).
func dissectDICOM(f *Flow) Verdict {
	b := f.Payload
	if b[0] < 1 || b[0] > 3 || len(b) > 1 && b[1] != 0 {
		return No
	}
	if len(b) < 42 {
		return More
	}
	if size := be32(b, 2); b[0] == 3 || size < 68 || size > 1<<16 || be16(b, 6)&1 == 0 || be16(b, 8) != 0 || !printable(b[10:42]) {
		return No
	}
	return Yes
}
