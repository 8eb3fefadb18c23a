package dpi

// dissectWarcraft finds World of Warcraft's greeting, in either direction.
func dissectWarcraft(f *Flow) Verdict {
	b := f.Payload
	if hasPrefix(b, "WORLD OF WARCRAFT CONNECTION") {
		return Yes
	}
	if len(b) > 2 && hasPrefix(b[2:], "WORLD OF WARCRAFT CONNECTION") {
		return Yes
	}
	if len(b) < 30 && (b[0] == 'W' || b[0] == '0' || f.HasPort(3724)) {
		return More
	}
	return No
}
