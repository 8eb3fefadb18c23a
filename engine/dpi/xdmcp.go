package dpi

// dissectXDMCP finds the X Display Manager Control Protocol on its port (X.Org, "X Display
// Manager Control Protocol", version 1.1, appendix): version, opcode and length.
func dissectXDMCP(f *Flow) Verdict {
	const version, lastCode, header = 1, 14, 6
	b := f.Payload
	if !f.HasPort(177) || len(b) < header || be16(b, 0) != version {
		return No
	}
	if code := be16(b, 2); code < 1 || code > lastCode || int(be16(b, 4))+header != f.PayloadLen {
		return No
	}
	return Yes
}
