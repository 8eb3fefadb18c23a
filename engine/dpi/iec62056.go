package dpi

import "bytes"

// dissectDLMS finds COSEM over TCP or UDP by its wrapper, or HDLC frames (IEC 62056-46
// and 62056-47).
func dissectDLMS(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 8 {
		if f.carrier == overTCP && (b[0] == 0 || b[0] == 0x7e) {
			return More
		}
		return No
	}
	last := b[len(b)-1]
	if b[0] == 0x7e && b[1]&0xf0 == 0xa0 && last == 0x7e && int(be16(b, 1)&0x7ff)+2 == len(b) {
		return Yes
	}
	if be16(b, 0) == 1 && int(be16(b, 6))+8 == f.PayloadLen && dlmsTag(at8(b, 8)) && (f.HasPort(4059) || dlmsAssociation(b[8:]) || be16(b, 2) <= 0x100 && be16(b, 4) <= 0x100 && f.Packets[0]+f.Packets[1] > 1) {
		return Yes
	}
	return No
}

// dlmsAssociation reports a request to associate, or the answer, in which the context's name
// is one of DLMS: 2.16.756.5.8 (IEC 62056-53, section 9.3.2).
func dlmsAssociation(b []byte) bool {
	const request, answer, object = 0x60, 0x61, "\x60\x85\x74\x05\x08"
	return (at8(b, 0) == request || at8(b, 0) == answer) && int(at8(b, 1))+2 == len(b) && bytes.Contains(b, []byte(object))
}

func dlmsTag(tag uint8) bool {
	return tag >= 0x60 && tag <= 0x63 || tag >= 0xc0 && tag <= 0xdd || tag == 1 || tag == 5 || tag == 6 || tag == 8 || tag == 0x0c || tag == 0x0d
}
