package dpi

// dissectLine finds LINE's calls (no public description; as observed): over UDP messages
// that begin with 0xb6, a type and mostly the length of the rest, and, with LINE's own
// servers, the media.
func dissectLine(f *Flow) Verdict {
	const mark, header, lastType = 0xb6, 4, 0x20
	b := f.Payload
	switch {
	case len(b) < header:
		return No
	case b[0] == mark && b[1] != 0 && b[1] <= lastType && int(be16(b, 2)) == f.PayloadLen-header && f.PayloadLen > header:
		return Yes
	case lineSetup(b):
		return Yes
	default:
		return yesIf(lineMedia(b) && f.withLine())
	}
}

// lineSetup reports the messages that carry more than their length says.
func lineSetup(b []byte) bool {
	kind := be32(b, 0)
	return len(b) >= 24 && (kind == 0xb6130006 || kind == 0xb6070006 || kind == 0xb6140006)
}

// lineMedia reports how datagrams of sound and video begin.
func lineMedia(b []byte) bool {
	const control, first, last, tag = 0xd0, 0xd8, 0xdb, 0x0602
	switch {
	case b[0] == control:
		return b[1] == 0xb3 || b[1] == 0xb4 || b[1]&0xfe == 0xda
	case b[0] >= first && b[0] <= last:
		return be16(b, 4) == tag
	default:
		return false
	}
}

// withLine reports that one end of the flow has an address of LINE.
func (f *Flow) withLine() bool {
	ends := f.ends()
	return f.detector.guessAddr(&ends) == f.detector.reg.mustID("Line")
}
