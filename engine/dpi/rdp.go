package dpi

import "bytes"

// Remote desktops.

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

// dissectVNC finds the RFB version exchange (RFC 6143, section 7.1.1).
func dissectVNC(f *Flow) Verdict {
	b := f.Payload
	if v := prefixVerdict(b, "RFB 00"); v != Yes {
		return v
	}
	if len(b) < 12 {
		return More
	}
	if b[7] != '.' || b[11] != '\n' {
		return No
	}
	f.Risk(RiskDesktopSharing, "remote desktop")
	return Yes
}

// dissectTeamViewer finds TeamViewer's own framing: 0x1724 or 0x1130 over TCP, and a
// fixed pattern over UDP.
func dissectTeamViewer(f *Flow) Verdict {
	b := f.Payload
	if f.carrier == overUDP {
		if len(b) < 13 || b[0] != 0 || at8(b, 11) != 0x17 || at8(b, 12) != 0x24 {
			return No
		}
		f.Risk(RiskDesktopSharing, "remote control")
		return Yes
	}
	if len(b) < 2 {
		return More
	}
	if magic := be16(b, 0); magic != 0x1724 && magic != 0x1130 {
		return No
	}
	if f.HasPort(5938) || f.Packets[0]+f.Packets[1] >= 3 {
		return Yes
	}
	return More
}

// dissectRadmin finds the opening of Famatech Radmin on its port.
func dissectRadmin(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(4899) {
		return No
	}
	if v := prefixVerdict(b, "\x01\x00\x00\x00\x01\x00\x00\x00"); v != No {
		return v
	}
	return No
}

// dissectCitrix finds the ICA and CGP handshakes.
func dissectCitrix(f *Flow) Verdict {
	b := f.Payload
	if v := prefixVerdict(b, "\x7f\x7fICA\x00"); v != No {
		return v
	}
	if v := prefixVerdict(b, "\x1aCGP/01"); v != No {
		return v
	}
	return No
}

// dissectNX finds NoMachine's greeting.
func dissectNX(f *Flow) Verdict {
	if v := prefixVerdict(f.Payload, "NXSH-"); v != No {
		return v
	}
	if v := prefixVerdict(f.Payload, "NXD-"); v != No {
		return v
	}
	return No
}

// dissectPCAnywhere finds Symantec's status queries on their port.
func dissectPCAnywhere(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(5632) || len(b) != 2 || string(b) != "NQ" && string(b) != "ST" {
		return No
	}
	return Yes
}
