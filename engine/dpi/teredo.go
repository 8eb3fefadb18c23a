package dpi

// dissectTeredo finds Teredo (RFC 4380) that was not decoded as a tunnel: on its port a
// packet of IPv6, perhaps behind authentication or origin headers (section 5.1.1); between
// peers, on ports of their own, one with an address of Teredo.
func dissectTeredo(f *Flow) Verdict {
	const prefix, nonceAndConfirmation, origin = 0x20010000, 9, 8
	b := f.Payload
	if !f.HasPort(3544) {
		if teredoPacket(b, f.PayloadLen) && (be32(b, 8) == prefix || be32(b, 24) == prefix) {
			return Yes
		}
		return No
	}
	at := 0
	if len(b) > 4 && be16(b, 0) == 1 {
		at = 4 + int(b[2]) + int(b[3]) + nonceAndConfirmation
	}
	if len(b) > at+origin && be16(b, at) == 0 {
		at += origin
	}
	if at < len(b) && teredoPacket(b[at:], f.PayloadLen-at) {
		return Yes
	}
	return No
}

// teredoPacket reports a packet of IPv6 that fills size, or leaves room for the trailers of
// RFC 6081, section 4, each with its type and length.
func teredoPacket(b []byte, size int) bool {
	const header, lastTrailer = 40, 5
	if len(b) < header || b[0]>>4 != 6 {
		return false
	}
	end := header + int(be16(b, 4))
	for end < size && end+1 < len(b) && b[end] > 0 && b[end] <= lastTrailer {
		end += 2 + int(b[end+1])
	}
	return end == size
}
