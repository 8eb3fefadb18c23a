package dpi

// dissectIAX finds full frames of Inter-Asterisk eXchange 2 (RFC 5456, section 8.1.1).
func dissectIAX(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(4569) || len(b) < 12 || b[0]&0x80 == 0 || b[10] != 6 || b[11] == 0 || b[11] > 0x28 {
		return No
	}
	return Yes
}
