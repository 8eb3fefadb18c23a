package dpi

// dissectTencentGames finds the framing of Tencent's game gateway.
func dissectTencentGames(f *Flow) Verdict {
	b := f.Payload
	if v := prefixVerdict(b, "\x33\x66\x00"); v != Yes {
		return v
	}
	if len(b) < 16 {
		return More
	}
	if b[3] > 0x20 || be16(b, 4) != uint16(b[3]) {
		return No
	}
	return Yes
}
