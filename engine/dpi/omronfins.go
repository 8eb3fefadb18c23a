package dpi

// dissectFINS finds Omron FINS over UDP and TCP.
func dissectFINS(f *Flow) Verdict {
	b := f.Payload
	if f.carrier == overTCP {
		return prefixVerdict(b, "FINS\x00\x00")
	}
	if !f.HasPort(9600) || len(b) < 12 || b[0]&0x3e != 0 || b[1] != 0 || b[2] > 7 {
		return No
	}
	return Yes
}
