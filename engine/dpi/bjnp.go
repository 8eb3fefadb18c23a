package dpi

// dissectBJNP finds the discovery and job control of Canon's network printers and scanners
// (no public description; the header as Wireshark and SANE document it): a magic, device
// type with an answer bit, command, sequence, session and payload length.
func dissectBJNP(f *Flow) Verdict {
	const header, printer, scanner, answer = 16, 1, 2, 0x80
	b := f.Payload
	if len(b) < header || !hasPrefix(b, "BJNP") && !hasPrefix(b, "BJNB") && !hasPrefix(b, "MFNP") {
		return No
	}
	if device := b[4] &^ answer; device != printer && device != scanner || int(be32(b, 12)) > f.PayloadLen-header {
		return No
	}
	return Yes
}
