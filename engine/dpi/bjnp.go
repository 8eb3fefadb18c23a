package dpi

// dissectBJNP finds the discovery and job control of Canon's network printers and scanners
// (no public description; the header as Wireshark and SANE document it): a magic, device
// type with an answer bit, command, sequence, session and payload length.
func dissectBJNP(f *Flow) Verdict {
	const header, printer, scanner, answer, longest = 16, 1, 2, 0x80, 1 << 20
	b := f.Payload
	if len(b) < header {
		if b[0] != 'B' && b[0] != 'M' {
			return No
		}
		return f.incomplete()
	}
	if device := b[4] &^ answer; !bjnpMagic(b) || device != printer && device != scanner {
		return No
	}
	if size := be32(b, 12); size > longest || f.carrier == overUDP && int(size) > f.PayloadLen-header {
		return No
	}
	return Yes
}

func bjnpMagic(b []byte) bool {
	switch string(b[:4]) {
	case "BJNP", "BJNB", "BNJB", "MFNP":
		return true
	default:
		return false
	}
}
