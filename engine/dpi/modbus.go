package dpi

// dissectModbus finds the Modbus/TCP header (Modbus messaging on TCP/IP, section 3.1.3).
func dissectModbus(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 8 {
		return More
	}
	size, function := int(be16(b, 4)), b[7]&0x7f
	if be16(b, 2) != 0 || size < 2 || size > 254 || function == 0 || function > 0x2b {
		return No
	}
	if f.HasPort(502) {
		return Yes
	}
	if 6+size != len(b) || f.Packets[0] == 0 || f.Packets[1] == 0 || f.Packets[0]+f.Packets[1] < 4 {
		if 6+size > len(b) || f.Packets[f.Dir] == 1 && 6+size != len(b) {
			return No
		}
		return More
	}
	return Yes
}
