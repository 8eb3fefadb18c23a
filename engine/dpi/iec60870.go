package dpi

// dissectIEC104 finds APDUs of IEC 60870-5-104 (section 5): start 0x68, length, control
// field.
func dissectIEC104(f *Flow) Verdict {
	b := f.Payload
	if b[0] != 0x68 {
		return No
	}
	if len(b) < 6 {
		return More
	}
	size := int(b[1])
	if size < 4 || size > 253 || 2+size > len(b) && f.Packets[f.Dir] > 1 {
		return No
	}
	switch b[2] & 3 {
	case 1: // supervisory: no sequence number of its own
		if size == 4 && b[2] == 1 && b[3] == 0 && (f.HasPort(2404) || f.Packets[f.Dir] > 1) {
			return Yes
		}
	case 3: // unnumbered: one of start, stop, test
		if size == 4 && b[3] == 0 && b[4] == 0 && b[5] == 0 {
			return Yes
		}
	default: // information: type and cause
		if size >= 10 && f.HasPort(2404) {
			return Yes
		}
	}
	return No
}
