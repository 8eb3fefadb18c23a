package dpi

// dissectCrestron finds Crestron's control protocol on its port.
func dissectCrestron(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(41794) || len(b) < 3 {
		return No
	}
	if f.carrier == overUDP && b[0] == 0x14 && be32(b, 0) != 0 {
		return Yes
	}
	if f.carrier == overTCP && b[0] >= 1 && b[0] <= 0x0f && int(be16(b, 1))+3 == len(b) {
		return Yes
	}
	return No
}
