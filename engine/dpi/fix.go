package dpi

// dissectFIX finds tag-value messages (FIX 4.0 to FIXT 1.1): "8=FIX" and a body length,
// and the session-layer variants that begin with "8=O".
func dissectFIX(f *Flow) Verdict {
	b := f.Payload
	if v := prefixVerdict(b, "8="); v != Yes {
		return v
	}
	if len(b) < 8 {
		return More
	}
	if hasPrefix(b, "8=FIX") || b[3] == 1 && hasPrefix(b[4:], "9=") {
		return Yes
	}
	return No
}
