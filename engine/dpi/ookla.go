package dpi

// dissectOokla finds Speedtest's text protocol (no public description; as its servers
// answer anybody who says "HI"): the answer is "HELLO" and a version.
func dissectOokla(f *Flow) Verdict {
	asked, answer := f.Stream(FromClient), f.Stream(FromServer)
	if len(asked) > 0 && prefixVerdict(asked, "HI\n") == No && prefixVerdict(asked, "HI ") == No {
		return No
	}
	if len(answer) == 0 {
		return More
	}
	v := prefixVerdict(answer, "HELLO ")
	switch version := at8(answer, 6); {
	case v != Yes:
		return v
	case len(answer) < 8 || len(asked) == 0:
		return More
	case version < '1' || version > '9' || answer[7] != '.':
		return No
	default:
		return Yes
	}
}
