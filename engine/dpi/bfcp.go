package dpi

// dissectBFCP finds the Binary Floor Control Protocol (RFC 8855, section 5.1), version 1
// over TCP and 2 over UDP, by a message whose attributes fill it.
func dissectBFCP(f *Flow) Verdict {
	const header, lastPrimitive, fragment = 12, 18, 0x08
	b := f.Payload
	version := byte(1)
	if f.carrier == overUDP {
		version = 2
	}
	if b[0]>>5 != version || b[0]&(fragment|7) != 0 || len(b) > 1 && (b[1] == 0 || b[1] > lastPrimitive) {
		return No
	}
	size := header + 4*int(be16(b, 2))
	switch {
	case len(b) < size || len(b) < header:
		return f.incomplete()
	case f.carrier == overUDP && size != f.PayloadLen, be32(b, 4) == 0:
		return No
	case size == header: // a Hello has nothing inside, its answer has
		return More
	case bfcpAttributes(b[header:size]):
		return Yes
	default:
		return No
	}
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
