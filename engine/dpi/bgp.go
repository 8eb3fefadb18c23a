package dpi

// dissectBGP finds the all-ones marker of BGP messages (RFC 4271, section 4.1).
func dissectBGP(f *Flow) Verdict {
	const marker = "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"
	if v := prefixVerdict(f.Payload, marker); v != Yes {
		return v
	}
	if len(f.Payload) < 19 {
		return More
	}
	const shortest, usual, open, keepalive, refresh, oldRefresh = 19, 4096, 1, 4, 5, 128
	size, kind := be16(f.Payload, 16), f.Payload[18]
	switch {
	case size < shortest || kind < open || kind > refresh && kind != oldRefresh:
		return No
	case size > usual && (kind == open || kind == keepalive): // those may not be extended (RFC 8654)
		return No
	default:
		return Yes
	}
}
