package dpi

// dissectHARTIP finds HART-IP messages (HCF_SPEC-085, "HART-IP message header"): version,
// type, identifier, status, sequence number, length of all. Elsewhere than on the port it
// asks for a session's begin, or for messages from both sides: a server may go on from
// another port than it was asked at.
func dissectHARTIP(f *Flow) Verdict {
	const header, initiation, initiate = 8, 13, 0
	b := f.Payload
	if len(b) < header {
		return f.incomplete()
	}
	size := int(be16(b, 6))
	if !hartIPHeader(b) || size < header || size > f.PayloadLen && f.carrier == overUDP {
		return No
	}
	switch {
	case f.HasPort(5094):
		return Yes
	case size != len(b):
		return No
	case b[2] == initiate && size == initiation && b[header] <= 1, f.Packets[f.Dir.Other()] > 0:
		return Yes
	default:
		return More
	}
}

// hartIPHeader asks for a version, type and identifier that exist.
func hartIPHeader(b []byte) bool {
	const versions, publish, nak, readAuditLog = 2, 2, 15, 5
	kind := b[1] & 0x0f
	return b[0] >= 1 && b[0] <= versions && (kind <= publish || kind == nak) && b[2] <= readAuditLog
}
