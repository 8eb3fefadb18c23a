package dpi

// Routing and label protocols over TCP and UDP.

// dissectBGP finds the all-ones marker of BGP messages (RFC 4271, section 4.1).
func dissectBGP(f *Flow) Verdict {
	const marker = "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"
	if v := prefixVerdict(f.Payload, marker); v != Yes {
		return v
	}
	if len(f.Payload) < 19 {
		return More
	}
	if size := be16(f.Payload, 16); size < 19 || size > 4096 || f.Payload[18] < 1 || f.Payload[18] > 5 {
		return No
	}
	return Yes
}

// dissectBFD finds BFD control packets (RFC 5880, section 4.1) on their ports.
func dissectBFD(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(3784) && !f.HasPort(3785) && !f.HasPort(4784) || len(b) < 24 || b[0]>>5 != 1 || b[2] == 0 {
		return No
	}
	if int(b[3]) > f.PayloadLen || b[3] < 24 {
		return No
	}
	return Yes
}

// dissectLDP finds the Label Distribution Protocol (RFC 5036, section 3.5).
func dissectLDP(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(646) || be16(b, 0) != 1 && len(b) > 1 {
		return No
	}
	if len(b) < 12 {
		return More
	}
	if size := be16(b, 2); size < 14 || int(size)+4 > 4096+4 || be16(b, 10)&0x7fff == 0 {
		return No
	}
	return Yes
}

// dissectHSRP finds HSRP version 1 (RFC 2281, section 5.1) and version 2 TLVs, to
// their multicast groups' ports.
func dissectHSRP(f *Flow) Verdict {
	b := f.Payload
	switch {
	case !f.HasPort(1985) && !f.HasPort(2029) || len(b) < 4:
		return No
	case b[0] == 0 && b[1] <= 3 && len(b) >= 8:
		return Yes
	case (b[0] == 1 && b[1] == 40 || b[0] == 2 || b[0] == 3 || b[0] == 4) && int(b[1])+2 <= f.PayloadLen:
		return Yes
	default:
		return No
	}
}

// dissectLISP finds LISP control messages (RFC 9301, section 5) on port 4342, data
// packets on 4341, and reliable transport over TCP.
func dissectLISP(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(4341) && !f.HasPort(4342) {
		return No
	}
	if len(b) < 8 {
		if f.carrier == overTCP {
			return More
		}
		return No
	}
	if f.carrier == overTCP { // type, length, message id
		if size := int(be16(b, 2)); be16(b, 0) < 0x40 && size >= 8 && size <= 4096 {
			return Yes
		}
		return No
	}
	if kind := b[0] >> 4; f.HasPort(4342) && (kind >= 1 && kind <= 8 || kind == 15) || f.HasPort(4341) {
		return Yes
	}
	return No
}
