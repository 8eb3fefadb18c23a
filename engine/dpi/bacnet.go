package dpi

// dissectBACnet finds BACnet/IP (ASHRAE 135, annex J): type 0x81, function, length.
func dissectBACnet(f *Flow) Verdict {
	b := f.Payload
	if b[0] != 0x81 || len(b) < 4 || b[1] > 0x0c || int(be16(b, 2)) != f.PayloadLen {
		return No
	}
	if f.HasPort(47808) || at8(b, 4) == 1 {
		return Yes
	}
	return No
}
