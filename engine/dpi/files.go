package dpi

import "bytes"

// File sharing and block storage.

// dissectSMB finds SMB 1 and SMB 2/3 in a NetBIOS session message (MS-CIFS section
// 2.2.3.1, MS-SMB2 section 2.2.1).
func smbVerdict(f *Flow, magic string) Verdict {
	b := f.Payload
	if b[0] != 0 {
		return No
	}
	if len(b) < 8 {
		return More
	}
	if !hasPrefix(b[4:], magic) {
		return No
	}
	return Yes
}

func dissectSMB1(f *Flow) Verdict {
	v := smbVerdict(f, "\xffSMB")
	if v != Yes {
		return v
	}
	// A client that speaks version 2 offers it inside a version 1 negotiation.
	if f.Payload[8] == 0x72 && bytes.Contains(f.Payload, []byte("SMB 2.")) {
		if len(f.Stream(FromServer)) == 0 && f.Packets[0]+f.Packets[1] < 4 {
			return More
		}
		if s := f.Stream(FromServer); len(s) > 8 && hasPrefix(s[4:], "\xfeSMB") {
			return No
		}
	}
	f.SetMaster("NetBIOS")
	f.SetApp("SMBv1")
	f.Risk(RiskSMBInsecure, "SMB version 1")
	return Yes
}

func dissectSMB2(f *Flow) Verdict {
	for _, magic := range [...]string{"\xfeSMB", "\xfdSMB", "\xfcSMB"} {
		if v := smbVerdict(f, magic); v != No {
			return v
		}
	}
	if s := f.Stream(FromServer); len(s) > 8 && hasPrefix(s[4:], "\xfeSMB") {
		return Yes
	}
	if smbVerdict(f, "\xffSMB") == Yes {
		return More // the answer will tell
	}
	return No
}

// dissectDCERPC finds DCE/RPC version 5 over TCP and version 4 over UDP (C706, chapter
// 12); PROFINET IO uses the latter.
func dissectDCERPC(f *Flow) Verdict {
	b := f.Payload
	if f.carrier == overUDP {
		if len(b) < 80 || b[0] != 4 || b[1] > 11 || b[2]&0x80 != 0 || b[4]&0xee != 0 {
			return No
		}
		if bytes.Contains(b[8:56], []byte{0x6c, 0x97, 0x11, 0xd1, 0x82, 0x71}) || f.HasPort(34964) {
			f.SetApp("PROFINET_IO")
		}
		return Yes
	}
	if b[0] != 5 || len(b) > 1 && b[1] > 1 {
		return No
	}
	if len(b) < 16 {
		return More
	}
	size := int(le16(b, 8))
	if b[4]&0x0f == 0 {
		size = int(be16(b, 8))
	}
	if b[2] > 19 || b[4]&^0x10 != 0 || b[5] > 3 || size < 16 || size > 16<<10 {
		return No
	}
	return Yes
}

// dissectRPC finds ONC RPC (RFC 5531, section 9) for the programs of NFS: NFS, mount,
// portmap, lock and status.
func dissectRPC(f *Flow) Verdict {
	b := f.Payload
	if f.carrier == overTCP {
		if len(b) < 4 || b[0] != 0x80 {
			if len(b) < 4 && (len(b) == 0 || b[0] == 0x80) {
				return More
			}
			return No
		}
		b = b[4:]
	}
	const call, reply, version = 0, 1, 2
	if len(b) < 24 {
		if f.carrier == overTCP {
			return More
		}
		return No
	}
	switch be32(b, 4) {
	case call:
		if be32(b, 8) == version && nfsProgram(be32(b, 12)) && be32(b, 16) < 16 {
			return Yes
		}
	case reply:
		if f.HasPort(2049) && be32(b, 8) <= 1 && be32(b, 12) <= 6 {
			return Yes
		}
	}
	return No
}

func nfsProgram(n uint32) bool {
	return n == 100000 || n == 100003 || n == 100005 || n == 100021 || n == 100024 || n == 100227
}

// dissectISCSI finds the login that opens an iSCSI connection (RFC 7143, section 11.12).
func dissectISCSI(f *Flow) Verdict {
	const login, loginAnswer = 0x43, 0x23
	b := f.Payload
	if b[0] != login && b[0] != 0x03 && b[0] != loginAnswer {
		return No
	}
	if len(b) < 48 {
		return More
	}
	body := b[48:]
	if bytes.Contains(body[:min(len(body), 512)], []byte("InitiatorName=")) || bytes.Contains(body[:min(len(body), 512)], []byte("TargetPortalGroupTag=")) {
		return Yes
	}
	return No
}

// dissectRsync finds the daemon's greeting.
func dissectRsync(f *Flow) Verdict { return prefixVerdict(f.Payload, "@RSYNCD: ") }

// dissectAFP finds the Apple Filing Protocol's DSI header with a session or status
// request.
func dissectAFP(f *Flow) Verdict {
	const getStatus, openSession = 3, 4
	b := f.Payload
	if b[0] > 1 || !f.HasPort(548) {
		return No
	}
	if len(b) < 16 {
		return More
	}
	if (b[1] == getStatus || b[1] == openSession) && be32(b, 12) == 0 && be32(b, 8) < 64 {
		return Yes
	}
	return No
}

// dissectLustre finds the connection magic of Lustre's socket network driver.
func dissectLustre(f *Flow) Verdict {
	const magic, magicOld = 0x45726963, 0xacce7100
	b := f.Payload
	if len(b) < 4 {
		return More
	}
	if m := le32(b, 0); m == magic || m == magicOld || be32(b, 0) == magicOld {
		return Yes
	}
	return No
}

// dissectCeph finds the banner of messenger versions 1 and 2.
func dissectCeph(f *Flow) Verdict { return prefixVerdict(f.Payload, "ceph v") }

// dissectVMware finds the heartbeat of ESX hosts to their manager.
func dissectVMware(f *Flow) Verdict {
	if f.SrvPort != 902 && f.SrvPort != 903 || len(f.Payload) < 66 || be16(f.Payload, 0) != 0xa400 {
		return No
	}
	return Yes
}

// dissectRX finds AFS's RX (Rx protocol specification): type, flags and service of a
// fixed header.
func dissectRX(f *Flow) Verdict {
	b := f.Payload
	const header, maxType = 28, 13
	if len(b) < header || b[20] == 0 || b[20] > maxType || b[21]&^0x3f != 0 || b[23] > 4 {
		return No
	}
	epoch, service := be32(b, 0), be16(b, 26)
	if epoch == 0 || service > 2000 || be32(b, 4)&3 > 3 || be32(b, 12) > 1<<16 || be32(b, 16) > 1<<16 || be32(b, 8) > 1<<20 {
		return No
	}
	if f.CliPort >= 7000 && f.CliPort <= 7032 || f.SrvPort >= 7000 && f.SrvPort <= 7032 {
		return Yes
	}
	if f.Packets[FromClient] > 0 && f.Packets[FromServer] > 0 {
		return Yes
	}
	return More
}

// dissectUFTP finds multicast file transfer by its header (UFTP protocol, versions 3 to
// 5).
func dissectUFTP(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(1044) || len(b) < 16 {
		return No
	}
	if version, kind := b[0], b[1]; version>>4 < 3 || version>>4 > 5 || kind < 1 || kind > 30 {
		return No
	}
	return Yes
}
