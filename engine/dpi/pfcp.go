package dpi

// dissectPFCP finds the Packet Forwarding Control Protocol (3GPP TS 29.244,
// section 7.2.2): on its port, elsewhere by the messages that nodes begin with.
func dissectPFCP(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 8 || b[0]>>5 != 1 || int(be16(b, 2))+4 != f.PayloadLen {
		return No
	}
	if !f.HasPort(8805) {
		return pfcpNode(b)
	}
	if kind := b[1]; kind >= 1 && kind <= 15 || kind >= 50 && kind <= 59 {
		return Yes
	}
	return No
}

// pfcpNode judges heartbeats and what sets an association up by their first element: the
// time of recovery, or the node's id.
func pfcpNode(b []byte) Verdict {
	const flags, recovery, node = 0x20, 96, 60
	first, size, kind := be16(b, 8), be16(b, 10), b[1]
	switch {
	case b[0] != flags || b[7] != 0:
		return No
	case (kind == 1 || kind == 2) && first == recovery && size == 4:
		return Yes
	case (kind == 5 || kind == 6) && first == node && (size == 5 && at8(b, 12) == 0 || size == 17 && at8(b, 12) == 1):
		return Yes
	default:
		return No
	}
}
