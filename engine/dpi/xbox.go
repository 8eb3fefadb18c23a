package dpi

// dissectXbox finds Xbox Live's datagrams on their port.
func dissectXbox(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(3074) || len(b) < 12 || be32(b, 0) != 0 || f.SrvPort != f.CliPort {
		return No
	}
	return Yes
}
