package dpi

// dissectRMCP finds the remote management control protocol that carries IPMI
// (ASF 2.0, section 3.2.2.2): on its ports, elsewhere by messages whose lengths fit.
func dissectRMCP(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 4 || b[0] != 6 || b[1] != 0 {
		return No
	}
	if !f.HasPort(623) && !f.HasPort(664) {
		return rmcpWhole(b, f.PayloadLen)
	}
	if class := b[3] & 0x1f; class >= 6 && class <= 8 {
		return Yes
	}
	return No
}

// rmcpWhole judges a message without an answer's sequence number: a ping or pong of ASF, or
// a session of IPMI 1.5 without a password, or one of 2.0 (IPMI 2.0, section 13.6).
func rmcpWhole(b []byte, size int) Verdict {
	const none, asf, ipmi, alert, open, newer = 0xff, 6, 7, 4542, 0, 6
	ok := false
	switch {
	case b[2] != none:
	case b[3] == asf:
		ok = be32(b, 4) == alert && size == 12+int(at8(b, 11))
	case b[3] == ipmi && at8(b, 4) == open:
		ok = len(b) > 14 && size == 14+int(b[13])
	case b[3] == ipmi && at8(b, 4) == newer:
		ok = len(b) > 16 && b[5] == 0x10 && size == 16+int(le16(b, 14))
	}
	if ok {
		return Yes
	}
	return No
}
