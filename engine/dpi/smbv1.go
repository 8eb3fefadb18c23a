package dpi

import "bytes"

// SMB in session messages (RFC 1002, section 4.3.1): MS-CIFS, section 2.2.3.1, for version
// 1; smbv23.go has its successors.

// smbVerdict looks for a session message that holds a header with the magic, down to the
// first byte of its command.
func smbVerdict(f *Flow, magic string) Verdict {
	const through, smallest = 9, 32
	b := f.Payload
	if b[0] != 0 {
		return No
	}
	if len(b) < through {
		return More
	}
	if !hasPrefix(b[4:], magic) || be32(b, 0) < smallest {
		return No
	}
	return Yes
}

// dissectSMB1 finds SMB 1 that no side turns into a later version.
func dissectSMB1(f *Flow) Verdict {
	if v := smbVerdict(f, "\xffSMB"); v != Yes {
		return v
	}
	if v := smbNegotiation(f); v != Yes {
		return v
	}
	f.SetMaster("NetBIOS")
	f.SetApp("SMBv1")
	f.Risk(RiskSMBInsecure, "SMB version 1")
	return Yes
}

// smbNegotiation waits for the answer to a client that speaks version 2 and offers it
// inside a negotiation of version 1.
func smbNegotiation(f *Flow) Verdict {
	const negotiate, patience = 0x72, 4
	if f.Payload[8] != negotiate || !bytes.Contains(f.Payload, []byte("SMB 2.")) {
		return Yes
	}
	answer := f.Stream(FromServer)
	switch {
	case len(answer) < 8 && f.Packets[FromClient]+f.Packets[FromServer] < patience:
		return More
	case len(answer) >= 8 && hasPrefix(answer[4:], "\xfeSMB"):
		return No
	default:
		return Yes
	}
}
