package dpi

// dissectSBus finds SAIA S-Bus over UDP port 5050: length, version 1, and type.
func dissectSBus(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(5050) || len(b) < 11 || int(be32(b, 0)) != f.PayloadLen || b[4] > 1 || b[8] > 2 {
		return No
	}
	return Yes
}
