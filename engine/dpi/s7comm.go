package dpi

// dissectS7Comm finds Siemens S7 PDUs behind COTP: protocol id 0x32, which is enough on
// the port of RFC 1006. Elsewhere the PDU's header has to fit, too.
func dissectS7Comm(f *Flow) Verdict {
	const protocol = 0x32
	if f.HasPort(102) {
		return siemens(f, protocol)
	}
	kind, rest, v := tpktCOTP(f.Payload)
	switch {
	case v != Yes:
		return v
	case kind == cotpRequest || kind == cotpConfirm:
		return s7commAfter(f.Payload)
	case kind != cotpData:
		return No
	default:
		return s7commHeader(rest, int(be16(f.Payload, 2))-5-int(f.Payload[4]))
	}
}

// s7commAfter judges what follows the set-up of the connection in the same direction.
func s7commAfter(b []byte) Verdict {
	next := b[min(len(b), int(be16(b, 2))):]
	if len(next) == 0 {
		return More
	}
	kind, rest, v := tpktCOTP(next)
	if v != Yes {
		return v
	}
	if kind != cotpData {
		return No
	}
	return s7commHeader(rest, int(be16(next, 2))-5-int(next[4]))
}

// s7commHeader reads type, two zeros, and lengths of parameters and data, which fill the
// PDU together.
func s7commHeader(b []byte, size int) Verdict {
	const request, answer, answerData, userData, shortest = 1, 2, 3, 7, 10
	if v := prefixVerdict(b, "\x32"); v != Yes {
		return v
	}
	if len(b) < shortest {
		return More
	}
	header := shortest
	switch b[1] {
	case request, userData:
	case answer, answerData:
		header += 2 // with an error code
	default:
		return No
	}
	if be16(b, 2) != 0 || header+int(be16(b, 6))+int(be16(b, 8)) != size {
		return No
	}
	return Yes
}
