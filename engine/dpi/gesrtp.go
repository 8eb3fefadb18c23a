package dpi

import "bytes"

// dissectGEFanuc finds GE SRTP on its port (Denton et al., "Leveraging the SRTP protocol
// for over-the-network memory acquisition of a GE Fanuc Series 90-30", 2017): messages of
// 56 bytes, of which the first is all zeros, its answer 1 and mostly zeros, and requests
// and answers have a type in the middle.
func dissectGEFanuc(f *Flow) Verdict {
	const size, kind, message = 56, 31, 0x80
	const begun, answer, mostSet = 1, 3, 8
	b := f.Payload
	if !f.HasPort(18245) || b[0] > answer || len(b) > 1 && b[1] != 0 {
		return No
	}
	if len(b) < size {
		return More
	}
	set := size - bytes.Count(b[:size], []byte{0})
	switch {
	case b[0] < begun && set > 0, b[0] == begun && set > mostSet, b[0] > begun && b[kind]&message == 0:
		return No
	default:
		return Yes
	}
}
