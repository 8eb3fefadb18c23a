package dpi

// dissectPCAnywhere finds Symantec's status queries on their port.
func dissectPCAnywhere(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(5632) || len(b) != 2 || string(b) != "NQ" && string(b) != "ST" {
		return No
	}
	return Yes
}
