package dpi

// LDAP messages are BER: RFC 4511, section 4.1.1. Over UDP it is CLDAP (RFC 1798).

// dissectLDAP finds a message id and a protocol operation on any port.
func dissectLDAP(f *Flow) Verdict {
	b := f.Payload
	if b[0] != berSequence {
		return No
	}
	if len(b) < 7 {
		return More
	}
	_, at, size, ok := berHeader(b, 0)
	if !ok || size < 5 || size > 1<<20 {
		return No
	}
	tag, body, n, ok := berHeader(b, at)
	if !ok || tag != berInteger || n < 1 || n > 4 || body+n >= len(b) {
		return No
	}
	op, opBody, opSize, ok := berHeader(b, body+n)
	if !ok || op&0xc0 != 0x40 || op&0x1f > 25 || opSize > size {
		return No
	}
	return ldapOperation(f, b, op, opBody, opSize)
}

// ldapOperation checks the operation that a conversation may begin with.
func ldapOperation(f *Flow, b []byte, op uint8, at, size int) Verdict {
	const bindRequest, bindResponse, unbind, search, entry, done, extended, extendedReply = 0x60, 0x61, 0x42, 0x63, 0x64, 0x65, 0x77, 0x78
	const modify, add, rename, compare = 0x66, 0x68, 0x6c, 0x6e
	switch op {
	case bindRequest: // version INTEGER 2 or 3
		if at8(b, at) != berInteger || at8(b, at+1) != 1 || at8(b, at+2) < 1 || at8(b, at+2) > 3 {
			return No
		}
		ldapUser(f, b, at+3)
		return Yes
	case search, entry, modify, add, rename, compare: // base object or object name
		if at8(b, at) == berOctets {
			return Yes
		}
	case bindResponse, done, extendedReply: // result code ENUMERATED
		if at8(b, at) == 0x0a && at8(b, at+1) == 1 {
			return Yes
		}
	case extended:
		if at8(b, at) == 0x80 {
			return Yes
		}
	case unbind:
		if size == 0 && f.HasPort(389) {
			return Yes
		}
	}
	return No
}

// ldapUser keeps the name of a simple bind.
func ldapUser(f *Flow, b []byte, at int) {
	tag, body, size, ok := berHeader(b, at)
	if !ok || tag != berOctets || size == 0 || body+size > len(b) {
		return
	}
	f.Info().User = printableText(b[body : body+size])
	if at8(b, body+size) == 0x80 && at8(b, body+size+1) > 0 {
		f.Risk(RiskClearTextCredentials, "LDAP simple bind")
	}
}
