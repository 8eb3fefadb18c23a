package dpi

// Mobile-core and wireless control protocols.

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

// dissectPFCP finds the Packet Forwarding Control Protocol (3GPP TS 29.244,
// section 7.2.2).
func dissectPFCP(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(8805) || len(b) < 8 || b[0]>>5 != 1 || int(be16(b, 2))+4 != f.PayloadLen {
		return No
	}
	if kind := b[1]; kind >= 1 && kind <= 15 || kind >= 50 && kind <= 59 {
		return Yes
	}
	return No
}

// dissectCAPWAP finds CAPWAP control and data (RFC 5415, section 4) on their ports,
// plain or inside DTLS.
func dissectCAPWAP(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(5246) && !f.HasPort(5247) || len(b) < 8 {
		return No
	}
	switch {
	case b[0] == 0: // version 0, plain header
		if words := int(b[1] >> 3); words >= 2 && words*4 <= len(b) {
			return Yes
		}
	case b[0] == 1: // version 0, DTLS follows a 4-byte preamble
		if kind := at8(b, 4); kind >= 20 && kind <= 23 && at8(b, 5) == 0xfe {
			return Yes
		}
	}
	return No
}

// dissectVXLAN finds VXLAN (RFC 7348, section 5) whose content was not decoded as a
// tunnel.
func dissectVXLAN(f *Flow) Verdict {
	b := f.Payload
	if f.SrvPort != 4789 && f.SrvPort != 8472 || len(b) < 8+14 || be32(b, 0) != 0x08000000 || b[7] != 0 {
		return No
	}
	return Yes
}

// dissectTeredo finds Teredo (RFC 4380) on its port: IPv6, perhaps behind
// authentication or origin headers.
func dissectTeredo(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(3544) || len(b) < 40 {
		return No
	}
	if b[0]>>4 == 6 || b[0] == 0 && b[1] <= 1 {
		return Yes
	}
	return No
}
