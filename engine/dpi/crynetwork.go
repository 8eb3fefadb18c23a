package dpi

// dissectCryNetwork finds the CryEngine's connection packets: 0x3c with a protocol number,
// and the answer.
func dissectCryNetwork(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 48 {
		return No
	}
	if b[0] == 0x3c && be16(b, 1) == 0 && be32(b, 5) == 0 && be32(b, 9) == 0 && be32(b, 14) <= 0x100 {
		return Yes
	}
	return No
}
