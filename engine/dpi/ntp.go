package dpi

// dissectNTP finds NTP on port 123 by version and mode.
func dissectNTP(f *Flow) Verdict {
	if !f.HasPort(123) {
		return No
	}
	version, mode := f.Payload[0]>>3&7, f.Payload[0]&7
	if version < 1 || version > 4 || mode == 0 && version > 1 || len(f.Payload) < 4 {
		return No
	}
	const private = 7 // mode of monlist requests, short and long
	if mode < 6 && f.PayloadLen < 48 || mode == private && f.PayloadLen < 8 {
		return No
	}
	return Yes
}
