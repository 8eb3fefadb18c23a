package dpi

// dissectMPEGTS finds MPEG transport stream packets in datagrams: a sync byte every
// 188 bytes (ISO/IEC 13818-1, section 2.4.3).
func dissectMPEGTS(f *Flow) Verdict {
	const size = 188
	b := f.Payload
	if b[0] != 0x47 || f.PayloadLen%size != 0 {
		return No
	}
	for at := 0; at < len(b); at += size {
		if b[at] != 0x47 {
			return No
		}
	}
	if len(b) < 2*size {
		if f.Packets[f.Dir] < 3 {
			return More
		}
	}
	return Yes
}
