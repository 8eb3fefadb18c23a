package dpi

// dissectCitrix finds the ICA and CGP handshakes.
func dissectCitrix(f *Flow) Verdict {
	b := f.Payload
	if v := prefixVerdict(b, "\x7f\x7fICA\x00"); v != No {
		return v
	}
	if v := prefixVerdict(b, "\x1aCGP/01"); v != No {
		return v
	}
	return No
}
