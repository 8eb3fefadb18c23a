package dpi

// dissectRadius finds RADIUS on its ports (RFC 2865, section 3; accounting: RFC 2866,
// changes of authorization: RFC 5176) by code, length and the first attribute.
func dissectRadius(f *Flow) Verdict {
	const header, longest = 20, 4096
	b := f.Payload
	if !radiusPort(f) || len(b) < header || int(be16(b, 2)) != f.PayloadLen || f.PayloadLen > longest || !radiusCode(b[0]) {
		return No
	}
	if f.PayloadLen == header {
		return Yes
	}
	if size := int(at8(b, header+1)); size < 2 || header+size > f.PayloadLen || at8(b, header) == 0 {
		return No
	}
	return Yes
}

func radiusPort(f *Flow) bool {
	return f.HasPort(1812) || f.HasPort(1813) || f.HasPort(1645) || f.HasPort(1646) || f.HasPort(3799)
}

func radiusCode(code byte) bool {
	const request, accountingAnswer, challenge, statusClient, disconnect, coaRefused = 1, 5, 11, 13, 40, 45
	return code >= request && code <= accountingAnswer || code >= challenge && code <= statusClient || code >= disconnect && code <= coaRefused
}
