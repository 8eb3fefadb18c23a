package dpi

// Key exchange and tunnels of the IETF.

// dissectIKE finds ISAKMP and IKE (RFC 2408, RFC 7296 section 3.1) and ESP in UDP (RFC
// 3948) on their ports.
func dissectIKE(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(500) && !f.HasPort(4500) || len(b) < 9 {
		return No
	}
	if f.HasPort(4500) {
		if be32(b, 0) != 0 {
			if f.PayloadLen > 24 && f.Packets[f.Dir] > 1 {
				return Yes // ESP: an SPI and a sequence number
			}
			return More
		}
		b = b[4:]
	}
	if len(b) < 28 || be32(b, 0)|be32(b, 4) == 0 || b[17] != 0x10 && b[17] != 0x20 || int(be32(b, 24)) < 28 {
		return No
	}
	return Yes
}

// dissectL2TP finds L2TP version 2 and 3 control and data messages (RFC 2661, section 3.1;
// RFC 3931, section 4.1.2): flags and version, of which the rest is 0, and for control a
// length and numbers. Elsewhere than on the port only a tunnel's begin counts.
func dissectL2TP(f *Flow) Verdict {
	const control, controlFlags, unused = 0x8000, 0xc800, 0x34f0
	b := f.Payload
	flags := be16(b, 0)
	version := flags & 0x0f
	switch {
	case len(b) < 8 || flags&unused != 0 || version != 2 && version != 3:
		return No
	case flags&control != 0 && (flags&^0x0f != controlFlags || int(be16(b, 2)) > f.PayloadLen):
		return No
	case flags&control != 0:
		return yesIf(f.HasPort(1701) || l2tpBegins(b))
	default:
		return yesIf(f.HasPort(1701) && l2tpData(b, flags))
	}
}

// l2tpData asks for a session and, of version 2, behind what the flags announce for PPP.
func l2tpData(b []byte, flags uint16) bool {
	const length, sequence, offset = 0x4000, 0x0800, 0x0200
	if flags&0x0f == 3 {
		return flags == 3 && be16(b, 2) == 0 && be32(b, 4) != 0
	}
	at := 2
	if flags&length != 0 {
		at += 2
	}
	if be16(b, at) == 0 || be16(b, at+2) == 0 {
		return false
	}
	at += 4
	if flags&sequence != 0 {
		at += 4
	}
	if flags&offset != 0 {
		at += 2 + int(be16(b, at))
	}
	if be16(b, at) == 0xff03 {
		at += 2
	}
	return pppProtocol(be16(b, at))
}

// pppProtocol reports the protocols of PPP that are in use: IP, IPv6, several links,
// compressed data; their control; of the link, its quality and who may use it.
func pppProtocol(n uint16) bool {
	switch n {
	case 0x0021, 0x0057, 0x003d, 0x00fd, 0x8021, 0x8057, 0x80fd, 0xc021, 0xc023, 0xc025, 0xc223, 0xc227:
		return true
	default:
		return n>>8 == 0x21 // IP with its number in one byte
	}
}

// l2tpBegins reports a Start-Control-Connection-Request: no tunnel yet, the first of its
// sequence, and as the first attribute, which the peer must know, the type of the message.
func l2tpBegins(b []byte) bool {
	const tunnel, attributes = 4, "\x80\x08\x00\x00\x00\x00\x00\x01"
	return at8(b, 0) == 0xc8 && be32(b, tunnel)|be32(b, tunnel+4) == 0 && len(b) > 12 && hasPrefix(b[12:], attributes)
}

// dissectPPTP finds the start-control-connection messages (RFC 2637, section 2.1).
func dissectPPTP(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 12 {
		return More
	}
	if be16(b, 0) < 12 || be16(b, 2) != 1 || be32(b, 4) != 0x1a2b3c4d {
		return No
	}
	return Yes
}
