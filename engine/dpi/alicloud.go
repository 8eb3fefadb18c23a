package dpi

// dissectAliCloud finds Alibaba Cloud's framing over TCP. There is no public description;
// read off its packets: a magic and the size of what follows, which is encrypted in blocks
// of 16 bytes.
func dissectAliCloud(f *Flow) Verdict {
	const block, longest = 16, 1 << 20
	b := f.Payload
	if v := prefixVerdict(b, "\xce\xfa\xbe\xba"); v != Yes {
		return v
	}
	if len(b) < 8 {
		return More
	}
	if size := le32(b, 4); size == 0 || size%block != 0 || size > longest {
		return No
	}
	return Yes
}
