package dpi

// dissectNATPMP finds NAT-PMP (RFC 6886) and its successor PCP (RFC 6887).
func dissectNATPMP(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(5351) && !f.HasPort(5350) || len(b) < 2 {
		return No
	}
	op := b[1] & 0x7f
	switch {
	case b[0] == 0 && op <= 2:
		return Yes
	case b[0] == 2 && op <= 3 && len(b) >= 24:
		return Yes
	default:
		return No
	}
}
