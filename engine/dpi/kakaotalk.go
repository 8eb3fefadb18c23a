package dpi

// dissectKakaoTalk finds the LOCO protocol's check-in: a fixed header around a command
// name.
func dissectKakaoTalk(f *Flow) Verdict {
	b := f.Stream(FromClient)
	if len(b) == 0 {
		return More
	}
	if le32(b, 0) != 256 && len(b) >= 4 || b[0] != 0 {
		return No
	}
	if len(b) < 12 {
		return More
	}
	if key := le32(b, 4); le32(b, 0) == 256 && key >= 1 && key <= 15 && le32(b, 8) <= 3 {
		return Yes
	}
	return No
}
