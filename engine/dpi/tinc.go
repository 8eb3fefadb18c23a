package dpi

import "bytes"

// Other private networks.

// dissectTINC finds the meta protocol of tinc (tinc manual, section 6.3) by its id line:
// request 0, name, version 17 of all releases since 1.0, with a minor one since 1.1.
func dissectTINC(f *Flow) Verdict {
	b := f.Payload
	if v := prefixVerdict(b, "0 "); v != Yes {
		return v
	}
	line, whole := firstLine(b)
	if !whole {
		if len(b) < 64 && printable(b) {
			return More
		}
		return No
	}
	parts := bytes.Fields(line)
	if len(parts) < 3 || len(parts) > 4 {
		return No
	}
	if major, minor, dot := bytes.Cut(parts[2], []byte{'.'}); string(major) != "17" || len(minor) > 2 || dot && !decimal(minor) {
		return No
	}
	return Yes
}

// dissectCiscoVPN finds Cisco's IPsec over TCP and UDP on port 10000 by the ISAKMP header
// inside.
func dissectCiscoVPN(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(10000) || len(b) < 4 || be32(b, 0) != 0xfe577e2b && !hasPrefix(b, "\x00\x00\x00\x00\x00\x00\x00\x00") {
		return No
	}
	return Yes
}
