package dpi

import "bytes"

// dissectISCSI finds the login that opens an iSCSI connection, or its answer (RFC 7143,
// sections 11.12 and 11.13): a header, and text that may come in a segment of its own.
func dissectISCSI(f *Flow) Verdict {
	const login, immediateLogin, answer = 0x03, 0x43, 0x23
	const header, enough = 48, 512
	b := f.Payload
	if b[0] != login && b[0] != immediateLogin && b[0] != answer {
		return No
	}
	if len(b) < header {
		return More
	}
	text := header + 4*int(b[4]) // behind the additional headers
	end := text + min(int(be32(b, 4)&0xffffff), enough)
	seen := b[min(text, len(b)):min(end, len(b))]
	switch {
	case bytes.Contains(seen, []byte("InitiatorName=")), bytes.Contains(seen, []byte("TargetPortalGroupTag=")):
		return Yes
	case len(b) < end:
		return More
	default:
		return No
	}
}
