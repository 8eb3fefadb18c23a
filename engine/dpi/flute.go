package dpi

// dissectFLUTE finds file delivery over multicast (RFC 6726) by the packets that describe
// the files: an LCT header (RFC 5651, section 5.1) for object 0 with the extension EXT_FDT.
func dissectFLUTE(f *Flow) Verdict {
	const header, version, describe = 4, 1, 192
	b := f.Payload
	if len(b) < header || b[0]>>4 != version {
		return No
	}
	congestion, session, object := lctFields(b)
	at, end := header+congestion+session+object, 4*int(b[2])
	if end > len(b) || at > end || session == 0 || b[1]&0x0c != 0 {
		return No
	}
	for _, c := range b[at-object : at] {
		if c != 0 {
			return More // a file's own packet
		}
	}
	for at < end {
		kind := b[at]
		switch {
		case kind == describe && (b[at+1]>>4 == 1 || b[at+1]>>4 == 2): // FLUTE's version
			return Yes
		case kind >= 128: // of fixed length
			at += 4
		case b[at+1] == 0:
			return No
		default:
			at += 4 * int(b[at+1])
		}
	}
	return No
}

// lctFields returns how many bytes congestion control information, transport session
// and transport object identifiers take, which the header's flags tell.
func lctFields(b []byte) (congestion, session, object int) {
	half := 2 * int(b[1]>>4&1)
	return 4 * (int(b[0]>>2&3) + 1), 4*int(b[1]>>7) + half, 4*int(b[1]>>5&3) + half
}
