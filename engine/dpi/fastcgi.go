package dpi

// dissectFastCGI finds records of FastCGI version 1 that begin a request (FastCGI
// specification, sections 3.3 and 5.1): a body of 8 bytes with role and flags.
func dissectFastCGI(f *Flow) Verdict {
	const version, begin, size, lastRole = 1, 1, 8, 3
	b := f.Payload
	if b[0] != version || len(b) > 1 && b[1] != begin {
		return No
	}
	if len(b) < 16 {
		return More
	}
	if role := be16(b, 8); be16(b, 4) != size || b[7] != 0 || role < 1 || role > lastRole || b[10] > 1 || be32(b, 11) != 0 {
		return No
	}
	return Yes
}
