package dpi

// dissectTriStation finds the protocol of Triconex safety controllers (as published by
// FireEye and Nozomi Networks after TRITON): type, channel, little endian length of what
// lies between them and the checksum of two bytes.
func dissectTriStation(f *Flow) Verdict {
	const header, checksum, lastType = 4, 2, 13
	b := f.Payload
	if !f.HasPort(1502) || len(b) < header+checksum || b[0] == 0 || b[0] > lastType {
		return No
	}
	if int(le16(b, 2)) != f.PayloadLen-header-checksum {
		return No
	}
	return Yes
}
