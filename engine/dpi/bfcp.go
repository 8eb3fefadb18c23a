package dpi

// dissectBFCP finds the Binary Floor Control Protocol (RFC 8855, section 5.1) by a message
// whose attributes fill it, or by two without any of the same conference. Version 2 is for
// UDP, but endpoints older than it say 1 there, too.
func dissectBFCP(f *Flow) Verdict {
	const header, lastPrimitive, fragment, reserved = 12, 18, 0x08, 7
	b := f.Payload
	if version := b[0] >> 5; version != 1 && (version != 2 || f.carrier == overTCP) {
		return No
	}
	if b[0]&(fragment|reserved) != 0 || len(b) > 1 && (b[1] == 0 || b[1] > lastPrimitive) {
		return No
	}
	size := header + 4*int(be16(b, 2))
	switch {
	case len(b) < size || len(b) < header:
		return f.incomplete()
	case f.carrier == overUDP && size != f.PayloadLen, be32(b, 4) == 0:
		return No
	case size > header && bfcpAttributes(b[header:size]), size == header && bfcpAgain(f, be32(b, 4)):
		return Yes
	case size > header:
		return No
	default: // a Hello has nothing inside, its answer has
		return More
	}
}

// bfcpAgain reports whether another message of the conference was seen.
func bfcpAgain(f *Flow, conference uint32) bool {
	const header = 12
	if f.carrier == overTCP {
		answer := f.Stream(f.Dir.Other())
		return len(answer) >= header && answer[0]>>5 == 1 && be32(answer, 4) == conference
	}
	before, seen := f.State().(uint32)
	f.SetState(conference)
	return seen && before == conference
}

// bfcpAttributes walks the attributes (section 5.2): type and mandatory bit, length with
// these two bytes, padding to 32 bits.
func bfcpAttributes(b []byte) bool {
	const lastAttribute = 18
	for len(b) > 0 {
		kind, size := b[0]>>1, int(at8(b, 1))
		if kind == 0 || kind > lastAttribute || size < 2 {
			return false
		}
		size = (size + 3) &^ 3
		if size > len(b) {
			return false
		}
		b = b[size:]
	}
	return true
}
