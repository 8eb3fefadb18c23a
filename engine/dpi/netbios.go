package dpi

import (
	"bytes"
	"encoding/binary"
)

// NetBIOS over TCP/UDP: RFC 1001 and RFC 1002 (section 4.2 name service, 4.3
// session service, 4.4 datagram service).

const (
	portNBDGM = 138
	portNBSSN = 139
)

// dissectNetBIOS finds the name service and datagram service on their ports, and
// the session service over TCP.
func dissectNetBIOS(f *Flow) Verdict {
	switch {
	case f.carrier == overTCP:
		return netbiosSession(f)
	case f.HasPort(portNBNS):
		return netbiosName(f)
	case f.HasPort(portNBDGM):
		return netbiosDatagram(f)
	default:
		return No
	}
}

// netbiosName reads a name-service packet: a DNS header and a name of 32
// half-bytes.
func netbiosName(f *Flow) Verdict {
	b := f.Payload
	if len(b) < dnsHeaderLen+34 {
		return No
	}
	op := binary.BigEndian.Uint16(b[2:]) >> 11 & 15
	if op > 9 || int(binary.BigEndian.Uint16(b[4:]))+int(binary.BigEndian.Uint16(b[6:]))+int(binary.BigEndian.Uint16(b[10:])) == 0 {
		return No
	}
	name, ok := netbiosDecode(b[dnsHeaderLen:])
	if !ok {
		return No
	}
	f.SetServerName(name)
	return Yes
}

// netbiosDecode undoes first-level encoding (RFC 1001, section 14.1): each byte
// is two letters from 'A' to 'P'. The 16th byte, the service type, is left out.
func netbiosDecode(b []byte) ([]byte, bool) {
	if len(b) < 33 || b[0] != 32 {
		return nil, false
	}
	name := make([]byte, 0, 15)
	for i := 1; i < 33; i += 2 {
		hi, lo := b[i]-'A', b[i+1]-'A'
		if hi > 15 || lo > 15 {
			return nil, false
		}
		if c := hi<<4 | lo; i < 31 && c > ' ' && c < 0x7f {
			name = append(name, c)
		}
	}
	return bytes.TrimSpace(name), true
}

var smbDatagram = []byte("\xffSMB")

// netbiosDatagram reads a datagram-service packet; browser announcements carry
// SMB version 1.
func netbiosDatagram(f *Flow) Verdict {
	b := f.Payload
	const header = 14
	if len(b) < header || b[0] < 0x10 || b[0] > 0x16 {
		return No
	}
	if name, ok := netbiosDecode(b[header:]); ok { // the sender's own, RFC 1002 section 4.4.2
		f.SetServerName(name)
		if f.Dir == FromClient {
			f.Learn(f.CliAddr, f.Info().ServerName, true)
		} else {
			f.Learn(f.SrvAddr, f.Info().ServerName, true)
		}
	}
	if at := header + 2*34; len(b) >= at+4 && bytes.Equal(b[at:at+4], smbDatagram) {
		f.SetApp("SMBv1")
	}
	return Yes
}

// netbiosSession finds a session request or its answer at the start of a TCP
// stream. Session messages (type 0) are SMB's to judge.
func netbiosSession(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(portNBSSN) {
		return No
	}
	if len(b) < 4 {
		return More
	}
	size := int(binary.BigEndian.Uint16(b[2:]))
	switch {
	case b[0] == 0x81 && size >= 68 && b[1] <= 1: // request: two names
		if len(b) < 4+1+32 {
			return More
		}
		if name, ok := netbiosDecode(b[4:]); ok {
			f.SetServerName(name)
			return Yes
		}
		return No
	case b[0] == 0x82 && size == 0, b[0] == 0x83 && size == 1, b[0] == 0x84 && size == 6, b[0] == 0x85 && size == 0:
		return Yes
	default:
		return No
	}
}
