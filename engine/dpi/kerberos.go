package dpi

// Kerberos 5 messages are DER with an application tag: RFC 4120, section 5; over
// TCP with a 4-byte length (section 7.2.2).

// dissectKerberos finds AS, TGS and AP exchanges and errors.
func dissectKerberos(f *Flow) Verdict {
	b := f.Payload
	if f.carrier == overTCP {
		if b[0] != 0 && !f.HasPort(88) {
			return No
		}
		if len(b) < 12 {
			return More
		}
		b = b[4:]
	}
	tag, body, size, ok := berHeader(b, 0)
	if !ok || tag&0xe0 != 0x60 || size < 10 {
		return No
	}
	const asReq, krbError = 10, 30
	number := tag & 0x1f
	if number < asReq || number > 15 && number != krbError && (number < 20 || number > 22) {
		return No
	}
	// SEQUENCE, then [1] or [0] INTEGER 5: the protocol version.
	inner, at, _, ok := berHeader(b, body)
	if !ok || inner != berSequence {
		return No
	}
	tag, at, _, ok = berHeader(b, at)
	if !ok || tag != 0xa0 && tag != 0xa1 || at8(b, at) != berInteger || at8(b, at+1) != 1 || at8(b, at+2) != 5 {
		return No
	}
	return Yes
}
