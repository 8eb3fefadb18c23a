package dpi

// dissectWhatsApp finds the chat handshake: "WA" with a version, or "ED" in front of it,
// and the framed handshake of older clients.
func dissectWhatsApp(f *Flow) Verdict {
	b := f.Stream(FromClient)
	if len(b) == 0 {
		return More
	}
	switch b[0] {
	case 'W':
		if len(b) < 5 {
			return prefixVerdict(b, "WA")
		}
		if b[1] == 'A' && b[2] >= 1 && b[2] <= 9 && b[3] <= 9 {
			return Yes
		}
	case 'E':
		if v := prefixVerdict(b, "ED\x00\x01"); v != No {
			return v
		}
	}
	return No
}
