package dpi

// dissectLoRaWAN finds Semtech's gateway protocol: version 1 or 2, token, identifier.
func dissectLoRaWAN(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(1700) || len(b) < 4 || b[0] != 1 && b[0] != 2 || b[3] > 5 {
		return No
	}
	return Yes
}
