package dpi

// dissectKNX finds KNXnet/IP (ISO 22510): header length 6, version 1.0, service.
func dissectKNX(f *Flow) Verdict {
	b := f.Payload
	if b[0] != 6 {
		return No
	}
	if len(b) < 6 {
		return More
	}
	service := be16(b, 2)
	known := service>>8 >= 2 && service>>8 <= 9
	if b[1] != 0x10 || !known || int(be16(b, 4)) < 6 || f.carrier == overUDP && int(be16(b, 4)) != f.PayloadLen {
		return No
	}
	return Yes
}
