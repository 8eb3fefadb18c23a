package dpi

// dissectZMTP finds the ZeroMQ greeting (RFC 23/ZMTP 3.0, section 2).
func dissectZMTP(f *Flow) Verdict {
	b := f.Payload
	if b[0] != 0xff {
		return No
	}
	if len(b) < 10 {
		return More
	}
	if be32(b, 1) != 0 || be16(b, 5) != 0 || b[9] != 0x7f {
		return No
	}
	return Yes
}
