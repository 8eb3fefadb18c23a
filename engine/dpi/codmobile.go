package dpi

// dissectCoDMobile finds Call of Duty Mobile's pings.
func dissectCoDMobile(f *Flow) Verdict {
	b := f.Payload
	if len(b) == 12 && hasPrefix(b[8:], "ping") && f.SrvPort >= 7500 && f.SrvPort <= 7700 {
		return Yes
	}
	return No
}
