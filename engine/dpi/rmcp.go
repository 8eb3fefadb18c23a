package dpi

// dissectRMCP finds the remote management control protocol that carries IPMI
// (ASF 2.0, section 3.2.2.2).
func dissectRMCP(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(623) || len(b) < 4 || b[0] != 6 || b[1] != 0 {
		return No
	}
	if class := b[3] & 0x1f; class >= 6 && class <= 8 {
		return Yes
	}
	return No
}
