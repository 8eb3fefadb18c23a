package dpi

// SNMP messages are BER sequences: RFC 1157 (v1), RFC 3416 (v2c), RFC 3412 (v3).

// berHeader reads one identifier and length (X.690, section 8.1) and returns the
// tag, the offset of the contents and their length; ok is false beyond b.
func berHeader(b []byte, at int) (tag uint8, body, size int, ok bool) {
	if at < 0 || at+2 > len(b) {
		return 0, 0, 0, false
	}
	tag, size, body = b[at], int(b[at+1]), at+2
	if size < 0x80 {
		return tag, body, size, true
	}
	n := size & 0x7f
	if n == 0 || n > 4 || body+n > len(b) {
		return 0, 0, 0, false
	}
	size = 0
	for range n {
		size = size<<8 | int(b[body])
		body++
	}
	return tag, body, size, true
}

const (
	berInteger  = 0x02
	berOctets   = 0x04
	berSequence = 0x30
)

// dissectSNMP finds SNMP v1, v2c and v3 by their first fields.
func dissectSNMP(f *Flow) Verdict {
	b := f.Payload
	if b[0] != berSequence {
		return No
	}
	_, at, size, ok := berHeader(b, 0)
	if !ok || size+at > f.PayloadLen || size+at+8 < f.PayloadLen {
		return No
	}
	tag, body, n, ok := berHeader(b, at)
	if !ok || tag != berInteger || n != 1 || body >= len(b) {
		return No
	}
	version := b[body]
	tag, body, n, ok = berHeader(b, body+1)
	if !ok || body+n > len(b) {
		return No
	}
	switch {
	case version <= 1 && tag == berOctets: // community, then a PDU
		if pdu := at8(b, body+n); pdu >= 0xa0 && pdu <= 0xa8 {
			return Yes
		}
	case version == 3 && tag == berSequence && (f.HasPort(161) || f.HasPort(162) || snmpGlobals(b[body:body+n])):
		return Yes
	}
	return No
}

// snmpGlobals reports version 3's header data (RFC 3412, section 6): id, largest size,
// flags and security model, by the user-based one.
func snmpGlobals(b []byte) bool {
	const longestInteger, userBased = 5, 3
	for at, i := 0, 0; i < 4; i++ {
		tag, body, n, ok := berHeader(b, at)
		if !ok || n < 1 || n > longestInteger || body+n > len(b) {
			return false
		}
		switch at = body + n; i {
		case 2:
			ok = tag == berOctets && n == 1
		case 3:
			return tag == berInteger && n == 1 && b[body] == userBased && at == len(b)
		default:
			ok = tag == berInteger
		}
		if !ok {
			return false
		}
	}
	return false
}
