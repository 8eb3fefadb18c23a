package dpi

// dissectAFP finds the Apple Filing Protocol (Apple's "Apple Filing Protocol Programming
// Guide", "Data Stream Interface"): the header of a request for status or a session, or of
// the answer.
func dissectAFP(f *Flow) Verdict {
	const getStatus, openSession = 3, 4
	const longRequest, longAnswer = 64, 4096
	b := f.Payload
	if b[0] > 1 || !f.HasPort(548) {
		return No
	}
	if len(b) < 16 {
		return More
	}
	longest := uint32(longRequest)
	if b[0] == 1 {
		longest = longAnswer
	}
	if (b[1] == getStatus || b[1] == openSession) && be32(b, 12) == 0 && be32(b, 8) < longest {
		return Yes
	}
	return No
}
