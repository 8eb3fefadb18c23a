package dpi

// dissectUMAS finds the programming protocol of Schneider Electric's controllers
// (Kaspersky ICS CERT, "The secrets of Schneider Electric's UMAS protocol"): Modbus/TCP
// with function 90, a session key and a function of its own. On other ports than Modbus's
// the length has to fit, too.
func dissectUMAS(f *Flow) Verdict {
	const function, header, success, failure, lastCode = 0x5a, 10, 0xfe, 0xfd, 0x73
	b := f.Payload
	if len(b) > 7 && b[7]&0x7f != function || len(b) > 3 && be16(b, 2) != 0 {
		return No
	}
	if len(b) < header {
		return More
	}
	size, code := int(be16(b, 4)), b[9]
	if size < 4 || !f.HasPort(502) && size != len(b)-6 || code > lastCode && code != success && code != failure {
		return No
	}
	return Yes
}
