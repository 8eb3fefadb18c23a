package dpi

// dissectTeredo finds Teredo (RFC 4380) that was not decoded as a tunnel: on its port IPv6,
// perhaps behind authentication or origin headers; between peers, on ports of their own, a
// whole packet of IPv6 with an address of Teredo.
func dissectTeredo(f *Flow) Verdict {
	const header, prefix = 40, 0x20010000
	b := f.Payload
	if len(b) < header {
		return No
	}
	if f.HasPort(3544) && (b[0]>>4 == 6 || b[0] == 0 && b[1] <= 1) {
		return Yes
	}
	if b[0]>>4 == 6 && header+int(be16(b, 4)) == f.PayloadLen && (be32(b, 8) == prefix || be32(b, 24) == prefix) {
		return Yes
	}
	return No
}
