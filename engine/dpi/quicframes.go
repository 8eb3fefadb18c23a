package dpi

// frames reads the CRYPTO frames of an Initial packet (RFC 9000, section 12.4) and
// passes over the others that may stand there. Google's Q050 and T050 number CRYPTO
// otherwise.
func (s *quicState) frames(f *Flow, b []byte) {
	const padding, ping, ack, ackECN = 0, 1, 2, 3
	crypto := byte(6)
	if s.version == quicQ050 || s.version == quicT050 {
		crypto = 8
	}
	for at := 0; at < len(b); {
		kind := b[at]
		at++
		switch kind {
		case padding, ping:
		case crypto:
			offset, i := quicVarint(b, at)
			size, j := quicVarint(b, at+i)
			at += i + j
			if i == 0 || j == 0 || size > uint64(len(b)-at) || offset > maxCryptoData { //nolint:gosec // not negative
				return
			}
			s.crypto.put(f, int(offset), b[at:at+int(size)], maxCryptoData) //nolint:gosec // bounded above
			at += int(size)                                                 //nolint:gosec // bounded above
		case ack, ackECN:
			if at = skipAck(b, at, kind == ackECN); at < 0 {
				return
			}
		default:
			return
		}
	}
}

// skipAck passes over an ACK frame (RFC 9000, section 19.3); -1 when it is broken.
func skipAck(b []byte, at int, ecn bool) int {
	var fields [4]uint64
	for i := range fields {
		v, n := quicVarint(b, at)
		if n == 0 {
			return -1
		}
		fields[i] = v
		at += n
	}
	more := min(fields[2], 64) * 2
	if ecn {
		more += 3
	}
	for range more {
		_, n := quicVarint(b, at)
		if n == 0 {
			return -1
		}
		at += n
	}
	return at
}

// quicVarint reads a variable-length integer (RFC 9000, section 16); n is 0 beyond b.
func quicVarint(b []byte, at int) (v uint64, n int) {
	if at < 0 || at >= len(b) {
		return 0, 0
	}
	n = 1 << (b[at] >> 6)
	if at+n > len(b) {
		return 0, 0
	}
	v = uint64(b[at] & 0x3f)
	for _, c := range b[at+1 : at+n] {
		v = v<<8 | uint64(c)
	}
	return v, n
}

// quicAgent reads Google's user agent from the transport parameters.
func quicAgent(params []byte) string {
	const userAgent = 0x3129
	for n := 0; len(params) > 0 && n < 32; n++ {
		id, i := quicVarint(params, 0)
		size, j := quicVarint(params, i)
		if i == 0 || j == 0 || size > uint64(len(params)-i-j) { //nolint:gosec // not negative
			return ""
		}
		value := params[i+j : i+j+int(size)] //nolint:gosec // bounded above
		if id == userAgent {
			return printableText(value)
		}
		params = params[i+j+len(value):]
	}
	return ""
}
