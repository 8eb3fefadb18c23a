package dpi

// dissectMonero finds the Levin protocol of Monero's peers (Monero documentation,
// "Levin protocol"): signature, 64-bit length, whether an answer is due, command, return
// code, flags, version 1.
func dissectMonero(f *Flow) Verdict {
	const header, maxSize, lastFlag, version = 33, 100 << 20, 0x0f, 1
	b := f.Payload
	if v := prefixVerdict(b, "\x01\x21\x01\x01\x01\x01\x01\x01"); v != Yes {
		return v
	}
	if len(b) < header {
		return More
	}
	if le32(b, 8) > maxSize || le32(b, 12) != 0 || b[16] > 1 || le32(b, 25) > lastFlag || le32(b, 29) != version {
		return No
	}
	return Yes
}
