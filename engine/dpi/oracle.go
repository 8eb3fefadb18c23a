package dpi

import "bytes"

// dissectTNS finds Oracle's connect packet and the answers to it (TNS header: length,
// checksum, type).
func dissectTNS(f *Flow) Verdict {
	const connect, accept, refuse, redirect, resend = 1, 2, 4, 5, 11
	b := f.Payload
	if len(b) < 8 {
		return More
	}
	size := int(be16(b, 0))
	if be16(b, 2) != 0 || b[5] > 31 || be16(b, 6) != 0 || size < 8 || size > 8192 {
		return No
	}
	switch b[4] {
	case connect:
		if size >= 34 && (bytes.Contains(b, []byte("(DESCRIPTION")) || bytes.Contains(b, []byte("(CONNECT_DATA")) || be16(b, 8) >= 300 && be16(b, 8) < 330) {
			return Yes
		}
	case accept, refuse, redirect, resend:
		if f.HasPort(1521) {
			return Yes
		}
	}
	return No
}
