package dpi

// dissectIAX finds full frames of Inter-Asterisk eXchange 2 (RFC 5456, section 8.1.1): the
// control messages on their port, and elsewhere the one that begins a call.
func dissectIAX(f *Flow) Verdict {
	const header, full, control, lastSubclass = 12, 0x80, 6, 0x28
	b := f.Payload
	if len(b) < header || b[0]&full == 0 || b[10] != control || b[11] == 0 || b[11] > lastSubclass {
		return No
	}
	return yesIf(f.HasPort(4569) && iaxElements(b[header:], f.PayloadLen-header) || iaxNew(b))
}

// iaxElements walks type, length and value, as far as captured.
func iaxElements(b []byte, size int) bool {
	at := 0
	for at < len(b) {
		at += 2 + int(at8(b, at+1))
	}
	return at == size || at >= len(b) && len(b) < size
}

// iaxNew reports a NEW message: no destination yet, the first of its sequence, and as the
// first element the version, 2.
func iaxNew(b []byte) bool {
	const destination, sequences, subclass = 2, 8, 11
	return be16(b, destination) == 0 && be16(b, sequences) == 0 && hasPrefix(b[subclass:], "\x01\x0b\x02\x00\x02")
}
