package dpi

// dissectTPLink finds the smart-home protocol of TP-Link: JSON under an
// autokey XOR cipher that starts with 171, with a length in front over TCP.
func dissectTPLink(f *Flow) Verdict {
	b := f.Payload
	if f.carrier == overTCP {
		if !f.HasPort(9999) || b[0] != 0 {
			return No
		}
		if len(b) < 8 {
			return More
		}
		if size := be32(b, 0); size < 4 || size > 1<<16 {
			return No
		}
		b = b[4:]
	}
	if !f.HasPort(9999) || len(b) < 4 {
		return No
	}
	if first, second := b[0]^171, b[1]^b[0]; first == '{' && (second == '"' || second == '}') {
		return Yes
	}
	return No
}

// dissectXDMCP finds the X Display Manager Control Protocol, version 1: opcode and
// length.
func dissectXDMCP(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(177) || len(b) < 6 || be16(b, 0) != 1 {
		return No
	}
	if op := be16(b, 2); op < 1 || op > 14 || int(be16(b, 4))+6 != f.PayloadLen {
		return No
	}
	return Yes
}
