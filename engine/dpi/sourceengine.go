package dpi

// dissectSource finds server queries of the Source engine (Valve developer wiki).
func dissectSource(f *Flow) Verdict {
	b := f.Payload
	if !hasPrefix(b, "\xff\xff\xff\xff") || len(b) < 5 {
		return No
	}
	switch b[4] {
	case 'T':
		if hasPrefix(b[5:], "Source Engine Query\x00") {
			return Yes
		}
	case 'I', 'A', 'D', 'E', 'm', 'U', 'V':
		if len(b) >= 9 && f.Dir == FromServer && (f.SrvPort >= 27000 && f.SrvPort < 27100 || b[5] >= 7 && b[5] <= 48 && b[4] == 'I') {
			return Yes
		}
		return More
	}
	return No
}
