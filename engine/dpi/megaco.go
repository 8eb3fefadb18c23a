package dpi

// dissectMegaco finds H.248 in its text form (RFC 3525, annex B).
func dissectMegaco(f *Flow) Verdict {
	b := f.Payload
	if hasPrefix(b, "MEGACO/") || hasPrefix(b, "!/1 ") || hasPrefix(b, "!/2 ") || hasPrefix(b, "!/3 ") {
		return Yes
	}
	return No
}
