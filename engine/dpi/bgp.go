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
	if size := be16(f.Payload, 16); size < 19 || size > 4096 || f.Payload[18] < 1 || f.Payload[18] > 5 {
		return No
	}
	return Yes
}
