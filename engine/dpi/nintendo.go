package dpi

// dissectNintendo finds the console's peer-to-peer library by its magic (PIA).
func dissectNintendo(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 16 || be32(b, 0) != 0x32ab9864 {
		return No
	}
	return Yes
}
