package dpi

// dissectVXLAN finds VXLAN (RFC 7348, section 5) whose content was not decoded as a
// tunnel.
func dissectVXLAN(f *Flow) Verdict {
	b := f.Payload
	if f.SrvPort != 4789 && f.SrvPort != 8472 || len(b) < 8+14 || be32(b, 0) != 0x08000000 || b[7] != 0 {
		return No
	}
	return Yes
}
