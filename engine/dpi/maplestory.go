package dpi

// dissectMapleStory finds the patch client's requests, and the login server's greeting.
func dissectMapleStory(f *Flow) Verdict {
	b := f.Payload
	if hasPrefix(b, "GET /maplestory/") || hasPrefix(b, "GET /maple/patch") {
		return Yes
	}
	if f.Dir == FromServer && len(b) == 16 && be16(b, 0) == 0x0e00 && be16(b, 4) == 0x0100 {
		return Yes
	}
	if len(b) < 16 && (prefixVerdict(b, "GET /maplestory/") == More || prefixVerdict(b, "GET /maple/patch") == More) {
		return More
	}
	return No
}
