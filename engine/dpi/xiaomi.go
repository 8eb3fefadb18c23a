package dpi

// dissectXiaomi finds Xiaomi's push connection and its device protocol.
func dissectXiaomi(f *Flow) Verdict {
	b := f.Payload
	if f.carrier == overUDP { // miIO: magic and length
		if len(b) >= 32 && be16(b, 0) == 0x2131 && int(be16(b, 2)) == f.PayloadLen {
			return Yes
		}
		return No
	}
	if b[0] != 0xc2 {
		return No
	}
	if len(b) < 12 {
		return More
	}
	if b[1] == 0xfe && be16(b, 2) == 5 && be32(b, 4) < 1<<16 {
		return Yes
	}
	return No
}
