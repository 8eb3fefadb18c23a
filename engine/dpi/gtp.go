package dpi

// dissectGTP finds GTP versions 0 to 2 and GTP' on their ports (3GPP TS 09.60, 29.060,
// 29.274, 29.281, 32.295).
func dissectGTP(f *Flow) Verdict {
	const portC, portU, portPrime, notPrime = 2123, 2152, 3386, 0x10
	b := f.Payload
	if len(b) < 6 {
		return No
	}
	version, size := b[0]>>5, int(be16(b, 2))
	switch {
	case f.HasPort(portPrime) && version <= 2 && b[0]&notPrime == 0 && (size+6 == f.PayloadLen || size+20 == f.PayloadLen):
		f.SetApp("GTP_PRIME")
	case f.HasPort(portU) && version == 1 && b[0]&notPrime != 0 && len(b) >= 8 && size+8 <= f.PayloadLen && gtpUserMessage(b[1]):
		f.SetApp("GTP_U")
	case f.HasPort(portC) && gtpControl(f):
		f.SetApp("GTP_C")
	default:
		return No
	}
	return Yes
}

func gtpUserMessage(kind uint8) bool {
	return kind == 1 || kind == 2 || kind == 26 || kind == 31 || kind == 254 || kind == 255
}

// gtpControl checks the header of the control plane: each version has its own, and says
// with a bit that it is not GTP'; that bit of version 2 says that another message follows.
func gtpControl(f *Flow) bool {
	const notPrime, another, version0, version0Mask, spare2 = 0x10, 0x10, 0x1e, 0xfe, 0x03
	b := f.Payload
	size := int(be16(b, 2))
	if len(b) < 8 || b[1] == 0 {
		return false
	}
	switch b[0] >> 5 {
	case 0:
		return b[0]&version0Mask == version0 && size+20 == f.PayloadLen
	case 1:
		return b[0]&notPrime != 0 && size+8 == f.PayloadLen
	case 2:
		return b[0]&spare2 == 0 && (size+4 == f.PayloadLen || b[0]&another != 0 && size+4 < f.PayloadLen)
	default:
		return false
	}
}
