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
	if end > len(b) || at+lctTimes(b) > end || session == 0 {
		return No
	}
	if !allZero(b[at-object : at]) {
		return More // a file's own packet
	}
	at += lctTimes(b)
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

// lctTimes returns how many bytes the sender's time and the expected end of the session
// take: RFC 3451, on which version 1 of FLUTE (RFC 3926) stands, has them, RFC 5651 has not.
func lctTimes(b []byte) int { return 4 * (int(b[1]>>3&1) + int(b[1]>>2&1)) }

// lctFields returns how many bytes congestion control information, transport session
// and transport object identifiers take, which the header's flags tell.
func lctFields(b []byte) (congestion, session, object int) {
	half := 2 * int(b[1]>>4&1)
	return 4 * (int(b[0]>>2&3) + 1), 4*int(b[1]>>7) + half, 4*int(b[1]>>5&3) + half
}
