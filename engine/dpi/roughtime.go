package dpi

// dissectRoughtime finds Roughtime requests: the ROUGHTIM framing, or the older
// padded message with a nonce tag.
func dissectRoughtime(f *Flow) Verdict {
	b := f.Payload
	if hasPrefix(b, "ROUGHTIM") && len(b) >= 12 {
		return Yes
	}
	tags := le32(b, 0)
	if f.Dir == FromClient && f.PayloadLen == 1024 && tags >= 1 && tags <= 8 && len(b) > int(tags)*8 {
		for at := 4 * tags; at < 8*tags; at += 4 {
			if string(b[at:at+4]) == "NONC" {
				return Yes
			}
		}
	}
	return No
}
