package dpi

// dissectHARTIP finds HART-IP version 1 messages on their port.
func dissectHARTIP(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(5094) || len(b) < 8 || b[0] != 1 || b[1] > 2 || b[2] > 4 && b[2] != 3 || int(be16(b, 6)) < 8 {
		return No
	}
	return Yes
}
