package dpi

// dissectMNDP finds MikroTik's neighbour discovery: a header and TLVs.
func dissectMNDP(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(5678) || len(b) < 4 {
		return No
	}
	at := 4
	for n := 0; at < len(b) && n < 32; n++ {
		size := int(be16(b, at+2))
		if !mndpValue(be16(b, at), size) || at+4+size > len(b) {
			return No
		}
		at += 4 + size
	}
	if at == 4 {
		return No
	}
	return Yes
}

// mndpValue asks for a type that may exist, with the length that it has: six bytes of a
// MAC address, four of a time.
func mndpValue(kind uint16, size int) bool {
	const mac, uptime, last = 1, 10, 32
	switch kind {
	case mac:
		return size == 6
	case uptime:
		return size == 4
	default:
		return kind > 0 && kind <= last
	}
}
