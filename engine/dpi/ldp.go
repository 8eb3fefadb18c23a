package dpi

// dissectLDP finds the Label Distribution Protocol (RFC 5036, section 3.5).
func dissectLDP(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(646) || be16(b, 0) != 1 && len(b) > 1 {
		return No
	}
	if len(b) < 12 {
		return More
	}
	if size := be16(b, 2); size < 14 || int(size)+4 > 4096+4 || be16(b, 10)&0x7fff == 0 {
		return No
	}
	return Yes
}
