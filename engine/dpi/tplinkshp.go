package dpi

// dissectTPLink finds TP-Link's smart-home protocol on its port (L. Stroetmann and T.
// Esser, "Reverse Engineering the TP-Link HS110", softScheck 2016): JSON of which each byte
// is combined with the one before, the first with 171; over TCP with a length in front.
func dissectTPLink(f *Flow) Verdict {
	const first, shortest, longest = 171, 4, 1 << 16
	b := f.Payload
	if !f.HasPort(9999) {
		return No
	}
	if f.carrier == overTCP {
		if b[0] != 0 {
			return No
		}
		if len(b) < 8 {
			return More
		}
		if size := be32(b, 0); size < shortest || size > longest {
			return No
		}
		b = b[4:]
	}
	if len(b) < shortest || b[0]^first != '{' {
		return No
	}
	if second := b[1] ^ b[0]; second != '"' && second != '}' {
		return No
	}
	return Yes
}
