package dpi

// dissectVNC finds the RFB version exchange (RFC 6143, section 7.1.1).
func dissectVNC(f *Flow) Verdict {
	b := f.Payload
	if v := prefixVerdict(b, "RFB 00"); v != Yes {
		return v
	}
	if len(b) < 12 {
		return More
	}
	if b[7] != '.' || b[11] != '\n' {
		return No
	}
	f.Risk(RiskDesktopSharing, "remote desktop")
	return Yes
}
