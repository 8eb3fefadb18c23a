package dpi

// dissectC37118 finds synchrophasor frames (IEEE C37.118.2, section 6.2), on other ports than
// the usual ones by their checksum.
func dissectC37118(f *Flow) Verdict {
	b := f.Payload
	if b[0] != 0xaa {
		return No
	}
	if len(b) < 16 {
		if f.carrier == overTCP {
			return More
		}
		return No
	}
	size, kind, version := int(be16(b, 2)), b[1]>>4, b[1]&0x0f
	if kind > 5 || b[1]&0x80 != 0 || version < 1 || version > 3 || size < 16 || f.carrier == overUDP && size != f.PayloadLen {
		return No
	}
	switch {
	case f.HasPort(4712) || f.HasPort(4713):
		return Yes
	case len(b) < size:
		return More
	case crcCCITT(b[:size-2]) == be16(b, size-2):
		return Yes
	default:
		return No
	}
}

// crcCCITT is the checksum of annex B: polynomial x^16 + x^12 + x^5 + 1, begun with ones.
func crcCCITT(b []byte) uint16 {
	crc := uint16(0xffff)
	for _, c := range b {
		x := uint8(crc>>8) ^ c
		x ^= x >> 4
		crc = crc<<8 ^ uint16(x)<<12 ^ uint16(x)<<5 ^ uint16(x)
	}
	return crc
}
