package dpi

// dissectModbus finds the Modbus/TCP header (Modbus messaging on TCP/IP, section 3.1.3).
// It is weak: on other ports, two messages of each side must follow one another.
func dissectModbus(f *Flow) Verdict {
	if len(f.Payload) < 8 {
		return More
	}
	if !modbusHeader(f.Payload) {
		return No
	}
	if f.HasPort(502) {
		return Yes
	}
	client, server := modbusMessages(f.Stream(FromClient)), modbusMessages(f.Stream(FromServer))
	switch {
	case client < 0 || server < 0:
		return No
	case client >= 2 && server >= 2:
		return Yes
	default:
		return More
	}
}

// modbusHeader judges the header at the start of b, which has 8 bytes at least.
func modbusHeader(b []byte) bool {
	size, function := be16(b, 4), b[7]&0x7f
	return be16(b, 2) == 0 && size >= 2 && size <= 254 && function > 0 && function <= 0x2b
}

// modbusMessages counts the whole messages of a stream, -1 when there is something else
// between them.
func modbusMessages(b []byte) (n int) {
	for len(b) >= 8 {
		if !modbusHeader(b) {
			return -1
		}
		size := 6 + int(be16(b, 4))
		if size > len(b) {
			break
		}
		b = b[size:]
		n++
	}
	return n
}
