package dpi

// dissectRadmin finds the opening of Famatech Radmin on its port.
func dissectRadmin(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(4899) {
		return No
	}
	if v := prefixVerdict(b, "\x01\x00\x00\x00\x01\x00\x00\x00"); v != No {
		return v
	}
	return No
}
