package dpi

// dissectHSRP finds HSRP version 1 (RFC 2281, section 5.1) and version 2 TLVs, to
// their multicast groups' ports.
func dissectHSRP(f *Flow) Verdict {
	b := f.Payload
	switch {
	case !f.HasPort(1985) && !f.HasPort(2029) || len(b) < 4:
		return No
	case b[0] == 0 && b[1] <= 3 && len(b) >= 8:
		return Yes
	case (b[0] == 1 && b[1] == 40 || b[0] == 2 || b[0] == 3 || b[0] == 4) && int(b[1])+2 <= f.PayloadLen:
		return Yes
	default:
		return No
	}
}
