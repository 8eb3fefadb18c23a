package dpi

// dissectH323 finds call signalling: Q.931 in a TPKT over TCP (H.225.0), and RAS over UDP
// port 1719.
func dissectH323(f *Flow) Verdict {
	b := f.Payload
	if f.carrier == overUDP {
		if f.HasPort(1719) && len(b) >= 5 && (b[0] == 0x16 || b[0] == 0x0e || b[0] == 0x12 || b[0] == 0x06) || f.HasPort(1719) && hasPrefix(b, "\x80\x08\xe7") {
			return Yes
		}
		return No
	}
	const q931, setup, callProceeding = 0x08, 0x05, 0x02
	if b[0] != 3 || len(b) > 1 && b[1] != 0 {
		return No
	}
	if len(b) < 10 {
		return More
	}
	size := int(be16(b, 2))
	if size < 10 || b[4] != q931 || b[5] > 4 {
		return No
	}
	at := 6 + int(b[5])
	if kind := at8(b, at); kind != setup && kind != callProceeding && kind != 0x01 && kind != 0x07 && kind != 0x5a && kind != 0x62 {
		return No
	}
	return Yes
}
