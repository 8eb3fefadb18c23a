package dpi

// Key exchange and tunnels of the IETF.

// dissectIKE finds ISAKMP and IKE (RFC 2408, RFC 7296 section 3.1) and ESP in UDP (RFC
// 3948) on their ports.
func dissectIKE(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(500) && !f.HasPort(4500) || len(b) < 9 {
		return No
	}
	if f.HasPort(4500) {
		if be32(b, 0) != 0 {
			if f.PayloadLen > 24 && f.Packets[f.Dir] > 1 {
				return Yes // ESP: an SPI and a sequence number
			}
			return More
		}
		b = b[4:]
	}
	if len(b) < 28 || be32(b, 0)|be32(b, 4) == 0 || b[17] != 0x10 && b[17] != 0x20 || int(be32(b, 24)) < 28 {
		return No
	}
	return Yes
}

// dissectL2TP finds L2TP version 2 and 3 control and data messages (RFC 2661, section 3.1).
func dissectL2TP(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(1701) || len(b) < 8 || b[1]&0x0f != 2 && b[1]&0x0f != 3 {
		return No
	}
	if control := b[0]&0x80 != 0; control && (b[0]&0xc8 != 0xc8 || int(be16(b, 2)) > f.PayloadLen) {
		return No
	}
	return Yes
}

// dissectPPTP finds the start-control-connection messages (RFC 2637, section 2.1).
func dissectPPTP(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 12 {
		return More
	}
	if be16(b, 0) < 12 || be16(b, 2) != 1 || be32(b, 4) != 0x1a2b3c4d {
		return No
	}
	return Yes
}
