package dpi

// dissectGTP finds GTP versions 1 and 2 and GTP' on their ports (3GPP TS 29.060,
// 29.274, 29.281, 32.295).
func dissectGTP(f *Flow) Verdict {
	const portC, portU, portPrime = 2123, 2152, 3386
	b := f.Payload
	if len(b) < 6 {
		return No
	}
	version, size := b[0]>>5, int(be16(b, 2))
	switch {
	case f.HasPort(portPrime) && version <= 2 && b[0]&0x10 == 0 && (size+6 == f.PayloadLen || size+20 == f.PayloadLen):
		f.SetApp("GTP_PRIME")
	case f.HasPort(portU) && version == 1 && len(b) >= 8 && size+8 <= f.PayloadLen && gtpUserMessage(b[1]):
		f.SetApp("GTP_U")
	case f.HasPort(portC) && version <= 2 && len(b) >= 8 && b[1] > 0 && (size+8 == f.PayloadLen || size+4 == f.PayloadLen):
		f.SetApp("GTP_C")
	default:
		return No
	}
	return Yes
}

func gtpUserMessage(kind uint8) bool {
	return kind == 1 || kind == 2 || kind == 26 || kind == 31 || kind == 254 || kind == 255
}
