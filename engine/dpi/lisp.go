package dpi

// dissectLISP finds LISP control messages (RFC 9301, section 5) on port 4342, data
// packets on 4341, and reliable transport over TCP.
func dissectLISP(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(4341) && !f.HasPort(4342) {
		return No
	}
	if len(b) < 8 {
		if f.carrier == overTCP {
			return More
		}
		return No
	}
	if f.carrier == overTCP { // type, length, message id
		if size := int(be16(b, 2)); be16(b, 0) < 0x40 && size >= 8 && size <= 4096 {
			return Yes
		}
		return No
	}
	if kind := b[0] >> 4; f.HasPort(4342) && (kind >= 1 && kind <= 8 || kind == 15) || f.HasPort(4341) {
		return Yes
	}
	return No
}
