package dpi

// dissectPFCP finds the Packet Forwarding Control Protocol (3GPP TS 29.244,
// section 7.2.2).
func dissectPFCP(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(8805) || len(b) < 8 || b[0]>>5 != 1 || int(be16(b, 2))+4 != f.PayloadLen {
		return No
	}
	if kind := b[1]; kind >= 1 && kind <= 15 || kind >= 50 && kind <= 59 {
		return Yes
	}
	return No
}
