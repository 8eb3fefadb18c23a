package dpi

// dissectCheckMK finds the section header of a Checkmk agent's output.
func dissectCheckMK(f *Flow) Verdict {
	return prefixVerdict(f.Payload, "<<<check_mk>>>")
}
