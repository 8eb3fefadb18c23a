package dpi

// dissectAgora finds the real-time network of agora.io (SD-RTN). There is no public
// description; read off its packets: tagged values, of which SNI holds the name of the
// edge that the client means, with a 16-bit length.
func dissectAgora(f *Flow) Verdict {
	const first, last, tag, shortest = 12, 32, 0x534e4900, 4
	b := f.Payload
	for at := first; at < last && at+8 < len(b); at++ {
		if be32(b, at) != tag {
			continue
		}
		end := at + 6 + int(b[at+4])
		if b[at+5] != 0 || b[at+4] < shortest || end > len(b) || !printable(b[at+6:end]) {
			return No
		}
		f.SetServerName(b[at+6 : end])
		return Yes
	}
	return No
}
