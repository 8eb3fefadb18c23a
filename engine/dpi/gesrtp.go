package dpi

// dissectGEFanuc finds GE SRTP on its port (Denton et al., "Leveraging the SRTP protocol
// for over-the-network memory acquisition of a GE Fanuc Series 90-30", 2017): messages of
// 56 bytes, of which the first is all zeros, its answer begins with 1, and requests and
// answers have a type in the middle.
func dissectGEFanuc(f *Flow) Verdict {
	const size, kind, message = 56, 31, 0x80
	const begin, request, answer = 0, 2, 3
	b := f.Payload
	if !f.HasPort(18245) || b[0] > answer || len(b) > 1 && b[1] != 0 {
		return No
	}
	if len(b) < size {
		return More
	}
	switch b[0] {
	case begin:
		for _, c := range b[:size] {
			if c != 0 {
				return No
			}
		}
	case request, answer:
		if b[kind]&message == 0 {
			return No
		}
	}
	return Yes
}
