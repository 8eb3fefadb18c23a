package dpi

import "bytes"

// dissectRDP finds the X.224 connection request and confirm in a TPKT that open RDP
// (MS-RDPBCGR, section 2.2.1.1), or RDP over UDP on its port.
func dissectRDP(f *Flow) Verdict {
	const request, confirm, tpkt = 0xe0, 0xd0, 3
	b := f.Payload
	if f.carrier == overUDP {
		return rdpUDP(f)
	}
	if b[0] != tpkt || len(b) > 1 && b[1] != 0 {
		return No
	}
	if len(b) < 11 {
		return More
	}
	size := int(be16(b, 2))
	if size < 11 || size > 512 || int(b[4])+5 != size && int(b[4])+5 > size {
		return No
	}
	negotiation := size >= 19 && (at8(b, size-8) == 1 || at8(b, size-8) == 2) && le16(b, size-6) == 8
	cookie := bytes.Contains(b[:min(len(b), size)], []byte("Cookie: mstshash="))
	if (b[5] == request || b[5] == confirm) && (negotiation || cookie || f.HasPort(3389)) {
		f.Risk(RiskDesktopSharing, "remote desktop")
		return Yes
	}
	return No
}

// rdpUDP finds the SYN datagram of RDP-UDP (MS-RDPEUDP, section 2.2.2.1).
func rdpUDP(f *Flow) Verdict {
	const syn = 0x0001
	b := f.Payload
	if !f.HasPort(3389) || len(b) < 16 || be32(b, 0) != 0xffffffff || be16(b, 6)&syn == 0 {
		return No
	}
	f.Risk(RiskDesktopSharing, "remote desktop")
	return Yes
}
