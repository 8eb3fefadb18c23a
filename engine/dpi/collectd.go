package dpi

import "bytes"

// Parts of collectd's binary protocol (its wiki, "Binary protocol").
const (
	collectdHost    = 0x0000
	collectdSigned  = 0x0200
	collectdSecret  = 0x0210
	collectdHeader  = 4
	collectdEnough  = 3 // parts
	collectdLooked  = 8 // parts
	collectdSignMAC = 32
)

// dissectCollectd finds collectd's binary protocol: parts of a type and length, one behind
// the other, or one encrypted part.
func dissectCollectd(f *Flow) Verdict {
	b := f.Payload
	if be16(b, 0) == collectdSecret {
		return collectdEncrypted(f)
	}
	var host []byte
	parts := 0
	for len(b) >= collectdHeader && parts < collectdLooked {
		size := int(be16(b, 2))
		if size < collectdHeader || size > len(b) || !collectdPart(be16(b, 0), b[collectdHeader:size]) {
			break
		}
		if be16(b, 0) == collectdHost && host == nil {
			host = b[collectdHeader : size-1]
		}
		b = b[size:]
		parts++
	}
	if parts < collectdEnough {
		return No
	}
	f.SetServerName(host)
	return Yes
}

// collectdPart checks a part's value by its type: texts end with a zero, times, intervals
// and severities are numbers.
func collectdPart(kind uint16, value []byte) bool {
	const firstText, lastText, values, message = 2, 5, 6, 0x0100
	const valueHeader, valueSize, number = 2, 9, 8
	switch {
	case kind == collectdHost || kind >= firstText && kind <= lastText || kind == message:
		end := bytes.IndexByte(value, 0)
		return end >= 0 && end == len(value)-1 && printable(value[:end])
	case kind == values:
		return len(value) == valueHeader+valueSize*int(be16(value, 0))
	case kind == collectdSigned:
		return len(value) > collectdSignMAC && printable(value[collectdSignMAC:])
	default:
		return (kind == 1 || kind >= 7 && kind <= 9 || kind == 0x0101) && len(value) == number
	}
}

// collectdEncrypted finds a datagram of one encrypted part: the user's name, an
// initialisation vector, a checksum and the rest.
func collectdEncrypted(f *Flow) Verdict {
	const header, vector, checksum = collectdHeader + 2, 16, 20
	b := f.Payload
	name := int(be16(b, 4))
	if int(be16(b, 2)) != f.PayloadLen || name == 0 || header+name+vector+checksum > len(b) || !printable(b[header:header+name]) {
		return No
	}
	return Yes
}
