package dpi

// dissectBFD finds BFD control packets (RFC 5880, section 4.1, and version 0 of its drafts)
// on the ports of RFC 5881, RFC 5883, RFC 7130 and RFC 7881: the sender's discriminator is
// never zero.
func dissectBFD(f *Flow) Verdict {
	const shortest = 24
	b := f.Payload
	if !bfdPort(f) || len(b) < shortest || b[0]>>5 > 1 || b[2] == 0 || be32(b, 4) == 0 {
		return No
	}
	if size := int(b[3]); size > f.PayloadLen || size != shortest && size != shortest+bfdAuthentication(b[shortest:], b[1]) {
		return No
	}
	return Yes
}

// bfdAuthentication returns the size of the authentication section (section 4.1): type,
// length and the rest.
func bfdAuthentication(b []byte, flags byte) int {
	const present, lastType = 0x04, 5
	if kind := at8(b, 0); flags&present == 0 || kind == 0 || kind > lastType {
		return 0
	}
	return int(at8(b, 1))
}

func bfdPort(f *Flow) bool {
	for _, port := range [...]uint16{3784, 3785, 4784, 6784, 7784} {
		if f.HasPort(port) {
			return true
		}
	}
	return false
}
