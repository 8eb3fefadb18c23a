package dpi

// dissectLine finds LINE's calls: fixed types over UDP.
func dissectLine(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 24 || be32(b, 0) != 0xb6130006 && be32(b, 0) != 0xb6070006 && be32(b, 0) != 0xb6140006 {
		return No
	}
	return Yes
}
