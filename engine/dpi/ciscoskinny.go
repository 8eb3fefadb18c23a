package dpi

// dissectSkinny finds Cisco's call control: length, header version and a message id.
func dissectSkinny(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(2000) {
		return No
	}
	if len(b) < 12 {
		return More
	}
	size, version, id := le32(b, 0), le32(b, 4), le32(b, 8)
	if size < 4 || size > 4096 || version > 0x20 || id > 0x0200 && id < 0x8000 || id > 0x8200 {
		return No
	}
	return Yes
}
