package dpi

// dissectHARTIP finds HART-IP messages (HCF_SPEC-085, "HART-IP message header"): version,
// type, identifier, status, sequence number, length of all. Elsewhere than on the port it
// asks for a session's begin, or for messages from both sides: a server may go on from
// another port than it was asked at.
func dissectHARTIP(f *Flow) Verdict {
	const header, initiate = 8, 0
	b := f.Payload
	if len(b) < header {
		return f.incomplete()
	}
	size := int(be16(b, 6))
	switch {
	case !hartIPHeader(b) || !hartIPSize(b[1]&0x0f, b[2], size):
		return No
	case size > f.PayloadLen && f.carrier == overUDP:
		return No
	case size > len(b) && f.carrier == overTCP:
		return More
	case f.HasPort(5094):
		return Yes
	case size != len(b):
		return No
	case b[2] == initiate && size > header && b[header] <= 1, f.Packets[f.Dir.Other()] > 0:
		return Yes
	default:
		return More
	}
}

// hartIPSize asks for a length that a message may have: a session begins with the kind of
// host and a time unless it is refused, its end and signs of life have no more than the
// header.
func hartIPSize(kind, id byte, size int) bool {
	const response, nak, initiate, pdu, header, longest = 1, 15, 0, 3, 8, 2048
	switch {
	case size < header || size > longest:
		return false
	case kind == nak:
		return true
	case id == initiate:
		return size == header+5 || kind == response && size == header
	case id < pdu:
		return size == header
	default:
		return size > header
	}
}

// hartIPHeader asks for a version, type and identifier that exist.
func hartIPHeader(b []byte) bool {
	const versions, publish, nak, readAuditLog = 2, 2, 15, 5
	kind := b[1] & 0x0f
	return b[0] >= 1 && b[0] <= versions && (kind <= publish || kind == nak) && b[2] <= readAuditLog
}
