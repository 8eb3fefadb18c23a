package dpi

import "bytes"

// dissectH323 finds what a call of H.323 needs: over TCP Q.931 in a TPKT (H.225.0, section
// 7) and the control channel (H.245), over UDP registration with a gatekeeper.
func dissectH323(f *Flow) Verdict {
	if f.carrier == overUDP {
		return yesIf(h323RAS(f))
	}
	b := f.Payload
	if b[0] != 3 || len(b) > 1 && b[1] != 0 {
		return No
	}
	if len(b) < 10 {
		return More
	}
	if b[4] != 0x08 {
		return h245(b)
	}
	return yesIf(be16(b, 2) >= 10 && b[5] <= 4 && q931Kind(at8(b, 6+int(b[5]))))
}

// q931Kind reports a message that sets up, changes or ends a call (Q.931, table 4-2).
func q931Kind(kind byte) bool {
	switch kind {
	case 0x01, 0x02, 0x03, 0x05, 0x07, 0x0d: // alerting, proceeding, progress, setup, connect, setup acknowledge
		return true
	case 0x5a, 0x62, 0x6e, 0x75, 0x7b, 0x7d: // release complete, facility, notify, status enquiry, information, status
		return true
	default:
		return false
	}
}

// h245 looks for a set of terminal capabilities, which names the protocol; the question
// who is the master may stand before it.
func h245(b []byte) Verdict {
	const tpkt, master, capabilities, longestMaster = 4, 1, 2, 11
	const protocol = "\x06\x00\x08\x81\x75\x00"
	for range 2 {
		if len(b) < tpkt+9 {
			return More
		}
		size := int(be16(b, 2))
		switch {
		case !hasPrefix(b, "\x03\x00") || b[5]&0x8f != 0:
			return No
		case b[4] == capabilities:
			return yesIf(hasPrefix(b[tpkt+3:], protocol))
		case b[4] != master || size < tpkt+2 || size > longestMaster:
			return No
		case len(b) < size:
			return More
		}
		b = b[size:]
	}
	return No
}

// h323RAS reports a message of registration, admission and status: by the protocol's name,
// which those at the start carry, else by one of 25 kinds on the port.
func h323RAS(f *Flow) bool {
	const kinds, nameAt, nameEnd = 25, 3, 24
	const protocol = "\x06\x00\x08\x91\x4a\x00"
	b := f.Payload
	if len(b) < 5 {
		return false
	}
	if b[0]>>2 < kinds && bytes.Contains(b[nameAt:min(len(b), nameEnd)], []byte(protocol)) {
		return true
	}
	return f.HasPort(1719) && (b[0]>>2 < kinds || hasPrefix(b, "\x80\x08\xe7"))
}
