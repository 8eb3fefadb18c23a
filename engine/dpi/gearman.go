package dpi

// dissectGearman finds Gearman's binary packets (gearman.org/protocol): magic, type, size.
// Its text commands on the same port say nothing.
func dissectGearman(f *Flow) Verdict {
	const header, lastType, maxSize = 12, 42, 1 << 28
	b := f.Payload
	v := prefixVerdict(b, "\x00REQ")
	if v == No {
		v = prefixVerdict(b, "\x00RES")
	}
	switch {
	case v != Yes:
		return v
	case len(b) < header:
		return More
	case be32(b, 4) == 0 || be32(b, 4) > lastType || be32(b, 8) > maxSize:
		return No
	default:
		return Yes
	}
}
