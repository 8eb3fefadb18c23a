package dpi

import "bytes"

// DCE/RPC: C706 (DCE 1.1: Remote Procedure Call), chapter 12: connectionless version 4
// (section 12.5) and connection-oriented version 5 (section 12.6).

// dissectDCERPC finds version 5 over TCP and version 4 over UDP; PROFINET IO uses the
// latter.
func dissectDCERPC(f *Flow) Verdict {
	if f.carrier == overTCP {
		return dcerpcStream(f.Payload)
	}
	if !dcerpcDatagram(f) {
		return No
	}
	if f.HasPort(34964) || profinetObject(f.Payload[8:24]) {
		f.SetApp("PROFINET_IO")
	}
	return Yes
}

// dcerpcStream reports type, data representation and the fragment's length.
func dcerpcStream(b []byte) Verdict {
	const header, lastType, longest = 16, 19, 16 << 10
	if b[0] != 5 || len(b) > 1 && b[1] > 1 {
		return No
	}
	if len(b) < header {
		return More
	}
	size := dcerpcSize(b, 8)
	if b[2] > lastType || b[4]&^0x10 != 0 || b[5] > 3 || size < header || size > longest {
		return No
	}
	return Yes
}

// dcerpcDatagram reports type, flags and data representation, and a body that fills the
// datagram but for authentication.
func dcerpcDatagram(f *Flow) bool {
	const header, lastType = 80, 10
	b := f.Payload
	if len(b) < header || b[0] != 4 || b[1] > lastType || b[2]&0x80 != 0 || b[4]&0xee != 0 || b[5] > 3 {
		return false
	}
	end, authenticated := header+dcerpcSize(b, 74), b[78] != 0
	return end == f.PayloadLen || authenticated && end < f.PayloadLen || f.Fragment
}

// dcerpcSize reads a length in the order of bytes that the data representation names.
func dcerpcSize(b []byte, at int) int {
	if b[4]&0xf0 == 0 {
		return int(be16(b, at))
	}
	return int(le16(b, at))
}

// profinetObject reports the object that all PROFINET devices have: its UUID's first part
// differs, the others are fixed, in either order of bytes.
func profinetObject(uuid []byte) bool {
	return bytes.HasPrefix(uuid[4:], []byte("\x6c\x97\x11\xd1\x82\x71")) || bytes.HasPrefix(uuid[4:], []byte("\x97\x6c\xd1\x11\x82\x71"))
}
