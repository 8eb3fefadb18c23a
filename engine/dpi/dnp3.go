package dpi

// dissectDNP3 finds the data-link header (IEEE 1815, section 9.2): 0x0564, a length, a
// function code, and the check sum of all that. TCP's port forgives a wrong sum.
func dissectDNP3(f *Flow) Verdict {
	const header, shortest = 10, 5
	b := f.Payload
	if b[0] != 0x05 {
		return No
	}
	if len(b) < header {
		return More
	}
	if b[1] != 0x64 || b[2] < shortest || !dnp3Function(b[3]) {
		return No
	}
	usual := f.carrier == overTCP && f.HasPort(20000)
	return yesIf(usual || dnp3CRC(b[:header-2]) == le16(b, header-2))
}

// dnp3Function reports a function code that stations use: from the primary one resets,
// tests, data with or without confirmation and questions of status, from the other one answers.
func dnp3Function(control byte) bool {
	const primary = 0x40
	code := control & 0x0f
	if control&primary != 0 {
		return code <= 4 || code == 9
	}
	return code <= 1 || code == 11 || code >= 14
}

// dnp3CRC is CRC-16/DNP, whose polynomial 0x3d65 stands here with its bits reversed.
func dnp3CRC(b []byte) uint16 {
	var crc uint16
	for _, c := range b {
		crc ^= uint16(c)
		for range 8 {
			carry := crc & 1
			crc >>= 1
			if carry != 0 {
				crc ^= 0xa6bc
			}
		}
	}
	return ^crc
}
