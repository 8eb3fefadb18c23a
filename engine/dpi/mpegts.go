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
	if len(b) < 2*size && !tsHeader(b) && f.Packets[f.Dir] < 3 {
		return More
	}
	return Yes
}

// tsHeader reports a packet without an error, with a payload or a field for adaptation that
// it has room for.
func tsHeader(b []byte) bool {
	const failed, adaptation, payload = 0x80, 0x20, 0x10
	switch at8(b, 1)&failed | at8(b, 3)&(adaptation|payload) {
	case payload:
		return true
	case adaptation:
		return at8(b, 4) == 183
	case adaptation | payload:
		return at8(b, 4) < 183
	default:
		return false
	}
}
