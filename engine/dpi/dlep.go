package dpi

// dissectDLEP finds the Dynamic Link Exchange Protocol (RFC 8175, section 11): signals over
// UDP have a magic, messages over TCP are known on its port.
func dissectDLEP(f *Flow) Verdict {
	const header, discovery, offer = 4, 1, 2
	const initialisation, heartbeat = 1, 16
	b := f.Payload
	if f.carrier == overUDP {
		if !hasPrefix(b, "DLEP") || be16(b, 4) != discovery && be16(b, 4) != offer || !dlepItems(b[4:], f.PayloadLen-4) {
			return No
		}
		return Yes
	}
	if !f.HasPort(854) {
		return No
	}
	if len(b) < header {
		return More
	}
	size := header + int(be16(b, 2))
	switch kind := be16(b, 0); {
	case kind < initialisation || kind > heartbeat || size == header && kind != heartbeat:
		return No
	case len(b) < size:
		return More
	case !dlepItems(b, size):
		return No
	default:
		return Yes
	}
}

// dlepItems reports that data items fill a message of that size (sections 11.3 and 12).
func dlepItems(b []byte, size int) bool {
	const header = 4
	if len(b) < size || size < header || header+int(be16(b, 2)) != size {
		return false
	}
	for at := header; at < size; at += header + int(be16(b, at+2)) {
		if at+header+int(be16(b, at+2)) > size || be16(b, at) == 0 {
			return false
		}
	}
	return true
}
