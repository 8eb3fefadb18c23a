package dpi

// dissectNotes finds HCL (IBM) Notes RPC on its port by the fixed start of a request.
func dissectNotes(f *Flow) Verdict {
	if !f.HasPort(1352) {
		return No
	}
	if len(f.Payload) < 17 {
		return More
	}
	if hasPrefix(f.Payload[6:], "\x00\x00\x02\x00\x00\x40\x02\x0f") {
		return Yes
	}
	return No
}
