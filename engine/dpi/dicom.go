package dpi

// dissectDICOM finds an association request or answer (DICOM PS3.8, section 9.3), or data
// of an association under way.
func dissectDICOM(f *Flow) Verdict {
	const request, refusal, data, shortest, titlesEnd = 1, 3, 4, 12, 42
	b := f.Payload
	if b[0] < request || b[0] > data || len(b) > 1 && b[1] != 0 {
		return No
	}
	if len(b) < shortest || len(b) < titlesEnd && b[0] != data {
		return More
	}
	size := be32(b, 2)
	switch {
	case b[0] == data && dicomValue(b, size):
		return Yes
	case b[0] >= refusal, size < 68 || size > 1<<16, be16(b, 6)&1 == 0 || be16(b, 8) != 0, !printable(b[10:titlesEnd]):
		return No
	default:
		return Yes
	}
}

// dicomValue reports data of one value that fills them (section 9.3.5): its length, an odd
// number of its context, and what kind it is.
func dicomValue(b []byte, size uint32) bool {
	const lastKind, longest = 3, 1 << 24
	return size == be32(b, 6)+4 && size > 6 && size <= longest && b[10]&1 == 1 && b[11] <= lastKind
}
