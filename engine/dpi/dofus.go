package dpi

// dissectDofus finds the greeting of Dofus 1's log-in servers (the protocol as its
// community documents it): "HC", a key of 32 letters, a zero.
func dissectDofus(f *Flow) Verdict {
	const greeting, key = 2, 32
	b := f.Payload
	if v := prefixVerdict(b, "HC"); v != Yes {
		return v
	}
	for i := greeting; i < min(len(b), greeting+key); i++ {
		if b[i] < 'a' || b[i] > 'z' {
			return No
		}
	}
	switch {
	case len(b) <= greeting+key:
		return More
	case b[greeting+key] != 0:
		return No
	default:
		return Yes
	}
}
