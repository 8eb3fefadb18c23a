package dpi

import "bytes"

// dissectMMS finds the Manufacturing Message Specification (ISO 9506), the protocol of
// IEC 61850 and TASE.2: its name in the association that ISO's session and presentation
// layers set up over TPKT (RFC 1006), on whichever port, or on TPKT's own its PDUs in a
// later one.
func dissectMMS(f *Flow) Verdict {
	const packets = 3 // a connection request or confirmation comes before the first data
	b := f.Payload
	for range packets {
		if len(b) == 0 {
			return More
		}
		kind, rest, v := tpktCOTP(b)
		if v != Yes {
			return v
		}
		size := int(be16(b, 2))
		if kind == cotpData {
			return mmsSession(rest[:min(len(rest), size)], len(b) < size, f.HasPort(102))
		}
		b = b[min(size, len(b)):]
	}
	return No
}

// mmsSession looks into a session layer's PDU (X.225, section 8.3) for the abstract syntax
// { iso standard 9506 part(2) }, or if later ones count behind its data token and the
// presentation layer's wrapping for an MMS PDU in context 3.
func mmsSession(b []byte, cut, later bool) Verdict {
	const connect, accept = 0x0d, 0x0e
	kind := at8(b, 0)
	switch {
	case kind == connect || kind == accept:
		if bytes.Contains(b, []byte("\x28\xca\x22\x02")) {
			return Yes
		}
	case later && hasPrefix(b, "\x01\x00\x01\x00\x61"):
		const context3 = "\x02\x01\x03\xa0"
		if _, pdu, ok := bytes.Cut(b[:min(len(b), 24)], []byte(context3)); ok && len(pdu) > 1 && mmsPDU(pdu) {
			return Yes
		}
	}
	if cut {
		return More
	}
	return No
}

// mmsPDU asks for a request, response, error or report (ISO 9506-2, section 7.1) behind a
// BER length.
func mmsPDU(b []byte) bool {
	at := 1
	if b[0] > 0x80 {
		at += int(b[0] & 0x7f)
	}
	kind := at8(b, at)
	return kind >= 0xa0 && kind <= 0xad
}
