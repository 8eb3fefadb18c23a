package dpi

// dissectDoIP finds diagnostics over IP (ISO 13400-2): version and its complement.
func dissectDoIP(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 8 || b[0] != ^b[1] || !f.HasPort(13400) || be32(b, 4) > 1<<20 {
		return No
	}
	return Yes
}
