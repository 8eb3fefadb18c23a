package dpi

import "bytes"

var raknetMagic = []byte("\x00\xff\xff\x00\xfe\xfe\xfe\xfe\xfd\xfd\xfd\xfd\x12\x34\x56\x78")

// dissectRakNet finds the offline messages of RakNet by their magic.
func dissectRakNet(f *Flow) Verdict {
	b := f.Payload
	switch b[0] {
	case 0xc0, 0xa0:
		return raknetAcks(b)
	case 0x84, 0x88, 0x8c: // the bare 0x80 is RTP's as well
		return raknetConnected(f)
	case 0x01, 0x02, 0x1c, 0x05, 0x06, 0x07, 0x08, 0x19:
	default:
		return No
	}
	if bytes.Contains(b[:min(len(b), 64)], raknetMagic) {
		return Yes
	}
	// Unconnected pong with the name of a game: type, time, id, magic, length, text.
	if b[0] == 0x1c && len(b) >= 35 && int(be16(b, 33))+35 == len(b) {
		return Yes
	}
	return No
}

// raknetAcks checks that an acknowledgement's records add up to the datagram: each is one
// number, or a range of two.
func raknetAcks(b []byte) Verdict {
	at, count := 3, int(be16(b, 1))
	if count == 0 || count > 64 {
		return No
	}
	for range count {
		switch at8(b, at) {
		case 1:
			at += 4
		case 0:
			at += 7
		default:
			return No
		}
	}
	if at != len(b) {
		return No
	}
	return Yes
}
