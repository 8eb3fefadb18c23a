package dpi

// Home-gateway and board-management protocols.

// dissectNATPMP finds NAT-PMP (RFC 6886) and its successor PCP (RFC 6887).
func dissectNATPMP(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(5351) && !f.HasPort(5350) || len(b) < 2 {
		return No
	}
	op := b[1] & 0x7f
	switch {
	case b[0] == 0 && op <= 2:
		return Yes
	case b[0] == 2 && op <= 3 && len(b) >= 24:
		return Yes
	default:
		return No
	}
}

// dissectRMCP finds the remote management control protocol that carries IPMI
// (ASF 2.0, section 3.2.2.2).
func dissectRMCP(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(623) || len(b) < 4 || b[0] != 6 || b[1] != 0 {
		return No
	}
	if class := b[3] & 0x1f; class >= 6 && class <= 8 {
		return Yes
	}
	return No
}

// dissectUbiquiti finds Ubiquiti's discovery: a version, a command and TLVs.
func dissectUbiquiti(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(10001) || len(b) < 4 || b[0] != 1 && b[0] != 2 || int(be16(b, 2))+4 != f.PayloadLen {
		return No
	}
	return Yes
}

// dissectMNDP finds MikroTik's neighbour discovery: a header and TLVs.
func dissectMNDP(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(5678) || len(b) < 4 {
		return No
	}
	at := 4
	for n := 0; at < len(b) && n < 32; n++ {
		size := int(be16(b, at+2))
		if kind := be16(b, at); kind == 0 || kind > 32 || at+4+size > len(b) {
			return No
		}
		at += 4 + size
	}
	if at == 4 {
		return No
	}
	return Yes
}

// dissectCPHA finds Check Point's cluster protocol by its magic.
func dissectCPHA(f *Flow) Verdict {
	if !f.HasPort(8116) || len(f.Payload) < 20 || be16(f.Payload, 0) != 0x1a90 {
		return No
	}
	return Yes
}

// dissectMeraki finds the control traffic between Meraki devices and their cloud.
func dissectMeraki(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 16 {
		return No
	}
	if magic := be32(b, 0); magic == 0xfef7f728 || f.HasPort(7351) && magic>>16 == 0xfef7 {
		return Yes
	}
	return No
}

// dissectHPVirtGrp finds HP's virtual machine group protocol.
func dissectHPVirtGrp(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(5223) || f.Dir != FromClient || b[0] != 0x16 {
		return No
	}
	if len(b) < 4 {
		return More
	}
	if int(be16(b, 1)) != len(b) || b[3] != 0 {
		return No
	}
	return Yes
}
