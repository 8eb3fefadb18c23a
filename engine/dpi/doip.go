package dpi

// dissectDoIP finds diagnostics over IP on its port (ISO 13400-2, section 9): version and
// its complement, type and length of the payload.
func dissectDoIP(f *Flow) Verdict {
	const header, longest, lastVersion, anyVersion = 8, 1 << 20, 4, 0xff
	b := f.Payload
	if !f.HasPort(13400) || len(b) > 1 && b[0] != ^b[1] || b[0] > lastVersion && b[0] != anyVersion {
		return No
	}
	if len(b) < header {
		return f.incomplete()
	}
	size := be32(b, 4)
	kind := be16(b, 2)
	search := kind >= 1 && kind <= 3 // for vehicles
	if !doipPayload(kind) || b[0] == anyVersion && !search || size > longest || f.carrier == overUDP && int(size) > f.PayloadLen-header {
		return No
	}
	return Yes
}

// doipPayload knows the types of payload (table 17): who is there, routing, is it alive,
// status, diagnostics, and what belongs to makers.
func doipPayload(kind uint16) bool {
	const lastManagement, firstStatus, lastStatus, firstDiagnosis, lastDiagnosis, makers = 8, 0x4001, 0x4004, 0x8001, 0x8004, 0xf000
	return kind <= lastManagement || kind >= firstStatus && kind <= lastStatus ||
		kind >= firstDiagnosis && kind <= lastDiagnosis || kind >= makers
}
