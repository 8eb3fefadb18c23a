package dpi

// dissectJRMI finds the header of a Java RMI stream (Java Remote Method Invocation
// specification, section 10.2): magic, version and one of three protocols.
func dissectJRMI(f *Flow) Verdict {
	const newest, stream, multiplex = 2, 0x4b, 0x4d
	b := f.Payload
	if v := prefixVerdict(b, "JRMI"); v != Yes {
		return v
	}
	if len(b) < 7 {
		return More
	}
	if be16(b, 4) > newest || b[6] < stream || b[6] > multiplex {
		return No
	}
	return Yes
}
